{{- define "threadwell.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "threadwell.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "threadwell.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "threadwell.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- /* What identifies the pods of one component, and never changes. */ -}}
{{- define "threadwell.selector" -}}
app.kubernetes.io/name: {{ include "threadwell.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "threadwell.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
app.kubernetes.io/name: {{ include "threadwell.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: threadwell
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* Without the chart's version: a new chart alone restarts no pod. */ -}}
{{- define "threadwell.podLabels" -}}
{{ include "threadwell.selector" . }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* The values of a component by its name. */ -}}
{{- define "threadwell.valuesKey" -}}
{{- get (dict "api-service" "apiService" "run-worker" "runWorker" "tool-worker" "toolWorker" "simulator" "simulator") . -}}
{{- end -}}

{{- define "threadwell.image" -}}
{{- $values := index .root.Values (include "threadwell.valuesKey" .component) -}}
{{- $image := .root.Values.image -}}
{{- if $values.image -}}
{{- $values.image -}}
{{- else -}}
{{- with $image.registry }}{{ . }}/{{ end }}{{ $image.repository }}/{{ .component }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "threadwell.serviceAccountName" -}}
{{- $values := index .root.Values (include "threadwell.valuesKey" .component) -}}
{{- if $values.serviceAccount.create -}}
{{- default (printf "%s-%s" (include "threadwell.fullname" .root) .component) $values.serviceAccount.name -}}
{{- else -}}
{{- default "default" $values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- /* "off", "restricted" or "agentSandbox"; YAML reads an unquoted off as false. */ -}}
{{- define "threadwell.codeMode" -}}
{{- $mode := .Values.codeInterpreter.mode -}}
{{- if or (not $mode) (eq (toString $mode) "false") -}}off{{- else -}}{{ $mode }}{{- end -}}
{{- end -}}

{{- define "threadwell.simulatorUrl" -}}
http://{{ include "threadwell.fullname" . }}-simulator:8080
{{- end -}}

{{- define "threadwell.modelUrl" -}}
{{- if .Values.model.baseUrl -}}{{ .Values.model.baseUrl }}
{{- else if .Values.simulator.enabled -}}{{ include "threadwell.simulatorUrl" . }}/v1
{{- end -}}
{{- end -}}

{{- /* "SASL_SSL" and the like, from whether there is TLS and SASL. */ -}}
{{- define "threadwell.kafkaProtocol" -}}
{{- $sasl := .Values.kafka.sasl.mechanism -}}
{{- if .Values.kafka.tls.enabled -}}{{ ternary "SASL_SSL" "SSL" (not (empty $sasl)) }}
{{- else -}}{{ ternary "SASL_PLAINTEXT" "PLAINTEXT" (not (empty $sasl)) }}
{{- end -}}
{{- end -}}

{{- define "threadwell.secretName" -}}
{{ include "threadwell.fullname" . }}
{{- end -}}

{{- define "threadwell.apiKeySecretName" -}}
{{- .Values.apiKey.existingSecret | default (printf "%s-api-key" (include "threadwell.fullname" .)) -}}
{{- end -}}

{{- /*
A variable from a secret: the existing one if it is named, else the chart's own.
dict root, name (of the variable), existing (secret), key, own (key in the chart's secret), value
*/ -}}
{{- define "threadwell.secretEnv" -}}
{{- if .existing }}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .existing }}
      key: {{ .key }}
{{- else if .value }}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ include "threadwell.secretName" .root }}
      key: {{ .own }}
{{- end }}
{{- end -}}

{{- /* A value of a file of properties: backslashes and line feeds are escaped. */ -}}
{{- define "threadwell.property" -}}
{{ . | toString | replace "\\" "\\\\" | replace "\n" "\\n" }}
{{- end -}}

{{- /* What the chart's own secret holds: whatever was written into the values, and is not in a secret of yours. */ -}}
{{- define "threadwell.ownSecrets" -}}
{{- $v := .Values -}}
{{- $candidates := list
      (list "postgresql-password" $v.postgresql.existingSecret $v.postgresql.password)
      (list "kafka-password" $v.kafka.sasl.existingSecret $v.kafka.sasl.password)
      (list "s3-access-key" $v.files.s3.existingSecret $v.files.s3.accessKey)
      (list "s3-secret-key" $v.files.s3.existingSecret $v.files.s3.secretKey)
      (list "model-api-key" $v.model.existingSecret $v.model.apiKey)
      (list "embeddings-api-key" $v.embeddings.existingSecret $v.embeddings.apiKey)
      (list "opensearch-password" $v.opensearch.existingSecret $v.opensearch.password)
      (list "image-generation-api-key" $v.imageGeneration.existingSecret $v.imageGeneration.apiKey)
      (list "vision-api-key" $v.vision.existingSecret $v.vision.apiKey)
      (list "web-search-api-key" $v.webSearch.existingSecret $v.webSearch.apiKey) -}}
{{- range $candidates -}}
{{- if and (not (index . 1)) (index . 2) }}
{{ index . 0 }}: {{ index . 2 | b64enc }}
{{- end -}}
{{- end -}}
{{- end -}}
