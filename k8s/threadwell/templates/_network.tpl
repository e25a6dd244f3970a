{{- /* The port of a URL: its own, or its scheme's. */ -}}
{{- define "threadwell.urlPort" -}}
{{- $url := urlParse . -}}
{{- $host := $url.host -}}
{{- if regexMatch ":[0-9]+$" $host -}}{{ regexFind "[0-9]+$" $host }}
{{- else if eq $url.scheme "https" -}}443
{{- else -}}80
{{- end -}}
{{- end -}}

{{- /* One egress rule: ports (a list), and peers (empty: anywhere). */ -}}
{{- define "threadwell.egressTo" -}}
- ports:
    {{- range .ports }}
    - {protocol: TCP, port: {{ . }}}
    {{- end }}
  {{- with .to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "threadwell.egressDns" -}}
- ports:
    - {protocol: UDP, port: 53}
    - {protocol: TCP, port: 53}
{{- end -}}

{{- /* PostgreSQL, Kafka, the files, the models: what a component connects to by the operator's settings. */ -}}
{{- define "threadwell.egressServers" -}}
{{- $v := .root.Values -}}
{{ include "threadwell.egressDns" . }}
{{ include "threadwell.egressTo" (dict "ports" (list $v.postgresql.port) "to" $v.networkPolicy.postgresqlTo) }}
{{- $brokers := list -}}
{{- range splitList "," $v.kafka.bootstrapServers -}}
{{- $brokers = append $brokers (regexFind "[0-9]+$" .) -}}
{{- end }}
{{ include "threadwell.egressTo" (dict "ports" (uniq $brokers) "to" $v.networkPolicy.kafkaTo) }}
{{- if $v.files.s3.bucket }}
{{ include "threadwell.egressTo" (dict "ports" (list (include "threadwell.urlPort" ($v.files.s3.endpoint | default "https://s3"))) "to" $v.networkPolicy.filesTo) }}
{{- end }}
{{- if $v.model.baseUrl }}
{{ include "threadwell.egressTo" (dict "ports" (list (include "threadwell.urlPort" $v.model.baseUrl)) "to" $v.networkPolicy.modelTo) }}
{{- else if $v.simulator.enabled }}
- ports:
    - {protocol: TCP, port: 8080}
  to:
    - podSelector:
        matchLabels:
          {{- include "threadwell.selector" (dict "root" .root "component" "simulator") | nindent 10 }}
{{- end }}
{{- if ne .component "run-worker" }}
{{- if $v.opensearch.url }}
{{ include "threadwell.egressTo" (dict "ports" (list (include "threadwell.urlPort" $v.opensearch.url)) "to" $v.networkPolicy.opensearchTo) }}
{{- end }}
{{- range list $v.embeddings.baseUrl $v.vision.baseUrl }}
{{- with . }}
{{ include "threadwell.egressTo" (dict "ports" (list (include "threadwell.urlPort" .)) "to" $v.networkPolicy.modelTo) }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq .component "tool-worker" }}
{{- range list $v.imageGeneration.baseUrl $v.webSearch.baseUrl }}
{{- with . }}
{{ include "threadwell.egressTo" (dict "ports" (list (include "threadwell.urlPort" .)) "to" list) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- /* Addresses that users may name (functions, MCP servers, pages, pictures): public ones, at the ports of the guarded way out. */ -}}
{{- define "threadwell.egressPublic" -}}
- ports:
    - {protocol: TCP, port: 80}
    - {protocol: TCP, port: 443}
    - {protocol: TCP, port: 8080}
    - {protocol: TCP, port: 8443}
  to:
    - ipBlock:
        cidr: 0.0.0.0/0
        except:
          {{- toYaml .Values.networkPolicy.privateCidrs | nindent 10 }}
    - ipBlock:
        cidr: ::/0
        except:
          {{- toYaml .Values.networkPolicy.privateCidrsV6 | nindent 10 }}
{{- end -}}
