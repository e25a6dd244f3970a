{{- /* The ConfigMap with a service's settings, its service account, and its disruption budget. */ -}}
{{- define "threadwell.config" -}}
{{- $values := index .root.Values (include "threadwell.valuesKey" .component) -}}
{{- $name := printf "%s-%s" (include "threadwell.fullname" .root) .component -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "threadwell.labels" . | nindent 4 }}
data:
  settings.properties: |
    {{- include "threadwell.settings" . | nindent 4 }}
{{- include "threadwell.serviceAccount" . }}
{{- if $values.podDisruptionBudget.enabled }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "threadwell.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ $values.podDisruptionBudget.maxUnavailable }}
  # A pod that is not ready protects nothing.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "threadwell.selector" . | nindent 6 }}
{{- end }}
{{- end -}}

{{- define "threadwell.serviceAccount" -}}
{{- $values := index .root.Values (include "threadwell.valuesKey" .component) -}}
{{- if $values.serviceAccount.create }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "threadwell.serviceAccountName" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "threadwell.labels" . | nindent 4 }}
  {{- with $values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end }}
{{- end -}}
