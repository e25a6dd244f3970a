{{- /* Value, not AverageValue: an age is not divided among workers, it says that there are too few. */ -}}
{{- define "threadwell.oldestQueuedTrigger" -}}
{{- $queued := .Values.keda.oldestQueued -}}
{{- if eq $queued.from "prometheus" -}}
- type: prometheus
  name: oldest-queued
  metricType: Value
  metadata:
    serverAddress: {{ $queued.prometheusAddress }}
    query: max(threadwell_oldest_queued_run_age_seconds{namespace="{{ .Release.Namespace }}"})
    threshold: {{ $queued.targetSeconds | quote }}
    ignoreNullValues: "false"
{{- else -}}
- type: postgresql
  name: oldest-queued
  metricType: Value
  metadata:
    host: {{ .Values.postgresql.host }}
    port: {{ .Values.postgresql.port | quote }}
    dbName: {{ .Values.postgresql.database }}
    {{- if not .Values.postgresql.usernameKey }}
    userName: {{ .Values.postgresql.username }}
    {{- end }}
    sslmode: {{ $queued.sslmode }}
    # What waits for its thread waits for no worker.
    query: >-
      select coalesce(max(extract(epoch from now()) - (document->>'created_at')::bigint), 0)
      from runs where status = 'queued' and not waiting and ended_at is null
    targetQueryValue: {{ $queued.targetSeconds | quote }}
  authenticationRef: {name: {{ include "threadwell.fullname" . }}-postgresql}
{{- end -}}
{{- end -}}

{{- /* How KEDA connects to Kafka. */ -}}
{{- define "threadwell.kedaKafkaMetadata" -}}
{{- with .Values.kafka.sasl.mechanism }}
sasl: {{ get (dict "PLAIN" "plaintext" "SCRAM-SHA-256" "scram_sha256" "SCRAM-SHA-512" "scram_sha512") . }}
{{- end }}
{{- if .Values.kafka.tls.enabled }}
tls: enable
{{- end }}
{{- end -}}

{{- /* What KEDA reads from secrets for it; nothing where Kafka asks for nothing. */ -}}
{{- define "threadwell.kedaKafkaSecrets" -}}
{{- $kafka := .Values.kafka -}}
{{- if $kafka.sasl.mechanism }}
- {parameter: username, name: {{ include "threadwell.fullname" . }}-keda, key: username}
- {parameter: password, name: {{ $kafka.sasl.existingSecret | default (include "threadwell.secretName" .) }}, key: {{ ternary $kafka.sasl.passwordKey "kafka-password" (not (empty $kafka.sasl.existingSecret)) }}}
{{- end }}
{{- if $kafka.tls.enabled }}
{{- with $kafka.tls.caSecret }}
- {parameter: ca, name: {{ . }}, key: {{ $kafka.tls.caKey }}}
{{- end }}
{{- with $kafka.tls.clientSecret }}
- {parameter: cert, name: {{ . }}, key: user.crt}
- {parameter: key, name: {{ . }}, key: user.key}
{{- end }}
{{- end }}
{{- end -}}
