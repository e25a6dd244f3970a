{{- /* What is missing or contradicts itself, all of it at once and in words. */ -}}
{{- define "threadwell.validate" -}}
{{- $wrong := list -}}
{{- $pg := .Values.postgresql -}}
{{- if not $pg.host -}}{{- $wrong = append $wrong "postgresql.host is missing: the host of your PostgreSQL server" -}}{{- end -}}
{{- if not (or $pg.existingSecret $pg.password $pg.tls.clientSecret) -}}{{- $wrong = append $wrong "postgresql.existingSecret is missing: the secret with the password (or postgresql.password for a trial)" -}}{{- end -}}
{{- if and $pg.usernameKey (not $pg.existingSecret) -}}{{- $wrong = append $wrong "postgresql.usernameKey needs postgresql.existingSecret, which it is a key of" -}}{{- end -}}
{{- if and (eq $pg.tls.mode "disable") (or $pg.tls.caSecret $pg.tls.clientSecret) -}}{{- $wrong = append $wrong "postgresql.tls.mode is disable although certificates are given: say require, verify-ca or verify-full" -}}{{- end -}}
{{- $kafka := .Values.kafka -}}
{{- if not $kafka.bootstrapServers -}}{{- $wrong = append $wrong "kafka.bootstrapServers is missing: host:port of your Kafka brokers" -}}{{- end -}}
{{- if and (not $kafka.tls.enabled) (or $kafka.tls.caSecret $kafka.tls.clientSecret) -}}{{- $wrong = append $wrong "kafka.tls.enabled is false although certificates are given" -}}{{- end -}}
{{- with $kafka.sasl -}}
{{- if .mechanism -}}
{{- if and .jaasConfigKey (not .existingSecret) -}}{{- $wrong = append $wrong "kafka.sasl.jaasConfigKey needs kafka.sasl.existingSecret, which it is a key of" -}}{{- end -}}
{{- if not .jaasConfigKey -}}
{{- if not .username -}}{{- $wrong = append $wrong "kafka.sasl.username is missing (or kafka.sasl.jaasConfigKey)" -}}{{- end -}}
{{- if not (or .existingSecret .password) -}}{{- $wrong = append $wrong "kafka.sasl.existingSecret is missing: the secret with the password" -}}{{- end -}}
{{- end -}}
{{- else if or .username .password .existingSecret -}}{{- $wrong = append $wrong "kafka.sasl.mechanism is missing: SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN" -}}
{{- end -}}
{{- end -}}
{{- $files := .Values.files -}}
{{- if and $files.s3.bucket $files.volume -}}{{- $wrong = append $wrong "files.s3.bucket and files.volume are both set: files are kept in one place" -}}{{- end -}}
{{- if not (or $files.s3.bucket $files.volume) -}}{{- $wrong = append $wrong "files.s3.bucket or files.volume is missing: where files are kept" -}}{{- end -}}
{{- if ne (empty $files.s3.accessKey) (empty $files.s3.secretKey) -}}{{- $wrong = append $wrong "files.s3.accessKey and files.s3.secretKey go together" -}}{{- end -}}
{{- if not (include "threadwell.modelUrl" .) -}}{{- $wrong = append $wrong "model.baseUrl is missing: the OpenAI-compatible API of your models, up to and with /v1 (or simulator.enabled for a trial)" -}}{{- end -}}
{{- if and .Values.opensearch.username (not (or .Values.opensearch.existingSecret .Values.opensearch.password)) -}}{{- $wrong = append $wrong "opensearch.existingSecret is missing: the secret with the password of opensearch.username" -}}{{- end -}}
{{- if and (eq .Values.webSearch.engine "searxng") (not .Values.webSearch.baseUrl) -}}{{- $wrong = append $wrong "webSearch.baseUrl is missing: where SearXNG is" -}}{{- end -}}
{{- $mode := include "threadwell.codeMode" . -}}
{{- if and (eq $mode "agentSandbox") (not .Values.codeInterpreter.agentSandbox.image) -}}{{- $wrong = append $wrong "codeInterpreter.agentSandbox.image is missing: what deploy/images/code-interpreter builds" -}}{{- end -}}
{{- if and (eq $mode "agentSandbox") (eq (include "threadwell.serviceAccountName" (dict "root" . "component" "tool-worker")) "default") -}}{{- $wrong = append $wrong "toolWorker.serviceAccount: agentSandbox needs an account of its own, not `default`" -}}{{- end -}}
{{- if .Values.keda.enabled -}}
{{- if and (eq .Values.keda.oldestQueued.from "prometheus") (not .Values.keda.oldestQueued.prometheusAddress) -}}{{- $wrong = append $wrong "keda.oldestQueued.prometheusAddress is missing" -}}{{- end -}}
{{- if and $kafka.sasl.mechanism (not $kafka.sasl.username) -}}{{- $wrong = append $wrong "kafka.sasl.username is missing: KEDA needs it beside kafka.sasl.jaasConfigKey" -}}{{- end -}}
{{- range $key := list "runWorker" "toolWorker" -}}
{{- $scaled := index $.Values $key -}}
{{- if and $scaled.autoscaling.enabled (gt (int $scaled.autoscaling.maxReplicas) (int $kafka.partitions)) -}}{{- $wrong = append $wrong (printf "%s.autoscaling.maxReplicas is above kafka.partitions (%v): more workers would get no work" $key $kafka.partitions) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key := list "apiService" "runWorker" "toolWorker" -}}
{{- $scaled := (index $.Values $key).autoscaling -}}
{{- if and $scaled.enabled (gt (int $scaled.minReplicas) (int $scaled.maxReplicas)) -}}{{- $wrong = append $wrong (printf "%s.autoscaling.minReplicas is above maxReplicas" $key) -}}{{- end -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}{{- $wrong = append $wrong "ingress.host is missing" -}}{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}{{- $wrong = append $wrong "httpRoute.parentRefs is missing: the Gateway that the route belongs to" -}}{{- end -}}
{{- if $wrong -}}
{{- fail (printf "\n\nThese values are missing or wrong:\n  - %s\n" (join "\n  - " $wrong)) -}}
{{- end -}}
{{- end -}}
