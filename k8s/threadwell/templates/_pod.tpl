{{- /* The settings of a component as a file of properties, under the names of docs/settings.md. */ -}}
{{- define "threadwell.settings" -}}
{{- $root := .root -}}
{{- $values := index $root.Values (include "threadwell.valuesKey" .component) -}}
{{- $s := dict -}}
{{- $pg := $root.Values.postgresql -}}
{{- $url := printf "postgresql://%s:%v/%s" $pg.host $pg.port $pg.database -}}
{{- $_ := set $s "quarkus.http.host" "0.0.0.0" -}}
{{- $_ := set $s "quarkus.http.port" "8080" -}}
{{- $_ := set $s "quarkus.datasource.reactive.url" $url -}}
{{- $jdbc := list -}}
{{- if ne $pg.tls.mode "disable" -}}
{{- $_ := set $s "quarkus.datasource.reactive.postgresql.ssl-mode" $pg.tls.mode -}}
{{- $jdbc = append $jdbc (printf "sslmode=%s" $pg.tls.mode) -}}
{{- if $pg.tls.caSecret -}}
{{- $_ := set $s "quarkus.datasource.reactive.trust-certificate-pem" "true" -}}
{{- $_ := set $s "quarkus.datasource.reactive.trust-certificate-pem.certs" "/etc/threadwell/postgresql-ca/ca.crt" -}}
{{- $jdbc = append $jdbc "sslrootcert=/etc/threadwell/postgresql-ca/ca.crt" -}}
{{- else if eq $pg.tls.mode "require" -}}
{{- $_ := set $s "quarkus.datasource.reactive.trust-all" "true" -}}
{{- else -}}
{{- $jdbc = append $jdbc "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" -}}
{{- end -}}
{{- if eq $pg.tls.mode "verify-full" -}}
{{- $_ := set $s "quarkus.datasource.reactive.hostname-verification-algorithm" "HTTPS" -}}
{{- end -}}
{{- if $pg.tls.clientSecret -}}
{{- $_ := set $s "quarkus.datasource.reactive.key-certificate-pem" "true" -}}
{{- $_ := set $s "quarkus.datasource.reactive.key-certificate-pem.certs" "/etc/threadwell/postgresql-client/tls.crt" -}}
{{- $_ := set $s "quarkus.datasource.reactive.key-certificate-pem.keys" "/etc/threadwell/postgresql-client/tls.key" -}}
{{- $jdbc = concat $jdbc (list "sslcert=/etc/threadwell/postgresql-client/tls.crt" "sslkey=/etc/threadwell/postgresql-client/tls.key") -}}
{{- end -}}
{{- end -}}
{{- if ne .component "tool-worker" -}}
{{- $_ := set $s "quarkus.datasource.jdbc.url" (printf "jdbc:%s%s" $url (ternary (printf "?%s" (join "&" $jdbc)) "" (not (empty $jdbc)))) -}}
{{- end -}}
{{- if not $pg.usernameKey -}}{{- $_ := set $s "quarkus.datasource.username" $pg.username -}}{{- end -}}
{{- $kafka := $root.Values.kafka -}}
{{- $_ := set $s "kafka.bootstrap.servers" $kafka.bootstrapServers -}}
{{- $_ := set $s "kafka.security.protocol" (include "threadwell.kafkaProtocol" $root) -}}
{{- with $kafka.sasl.mechanism -}}{{- $_ := set $s "kafka.sasl.mechanism" . -}}{{- end -}}
{{- if and $kafka.tls.enabled $kafka.tls.caSecret -}}
{{- $_ := set $s "kafka.ssl.truststore.type" "PEM" -}}
{{- $_ := set $s "kafka.ssl.truststore.location" "/etc/threadwell/kafka-ca/ca.crt" -}}
{{- end -}}
{{- if and $kafka.tls.enabled $kafka.tls.clientSecret -}}
{{- $_ := set $s "kafka.ssl.keystore.type" "PKCS12" -}}
{{- $_ := set $s "kafka.ssl.keystore.location" "/etc/threadwell/kafka-client/user.p12" -}}
{{- end -}}
{{- $_ := set $s "threadwell.kafka.partitions" (toString $kafka.partitions) -}}
{{- $s3 := $root.Values.files.s3 -}}
{{- if $s3.bucket -}}
{{- $_ := set $s "threadwell.blobs.s3.bucket" $s3.bucket -}}
{{- $_ := set $s "threadwell.blobs.s3.region" $s3.region -}}
{{- with $s3.endpoint -}}{{- $_ := set $s "threadwell.blobs.s3.endpoint" . -}}{{- end -}}
{{- else -}}
{{- $_ := set $s "threadwell.blobs.directory" "/var/lib/threadwell/files" -}}
{{- end -}}
{{- $_ := set $s "threadwell.model.base-url" (include "threadwell.modelUrl" $root) -}}
{{- $searches := ne .component "run-worker" -}}
{{- if $searches -}}
{{- with $root.Values.embeddings -}}{{- if .baseUrl -}}
{{- $_ := set $s "threadwell.embeddings.base-url" .baseUrl -}}
{{- $_ := set $s "threadwell.embeddings.model" .model -}}
{{- end -}}{{- end -}}
{{- with $root.Values.opensearch -}}{{- if .url -}}
{{- $_ := set $s "threadwell.file-search.opensearch.url" .url -}}
{{- $_ := set $s "threadwell.file-search.opensearch.index" .index -}}
{{- if .username -}}{{- $_ := set $s "threadwell.file-search.opensearch.user" .username -}}{{- end -}}
{{- end -}}{{- end -}}
{{- $_ := set $s "threadwell.file-search.directory" "/tmp/file-search" -}}
{{- $vision := $root.Values.vision -}}
{{- if $vision.model -}}{{- $_ := set $s "threadwell.vision.model" $vision.model -}}
{{- else if and $root.Values.simulator.enabled (not $root.Values.model.baseUrl) (not $vision.baseUrl) -}}
{{- $_ := set $s "threadwell.vision.model" "threadwell-simulator" -}}
{{- end -}}
{{- with $vision.baseUrl -}}{{- $_ := set $s "threadwell.vision.base-url" . -}}{{- end -}}
{{- end -}}
{{- if eq .component "api-service" -}}
{{- $_ := set $s "threadwell.http.drain" (printf "%vs" $values.drainSeconds) -}}
{{- end -}}
{{- if eq .component "run-worker" -}}
{{- $_ := set $s "threadwell.worker.drain" (printf "%vs" $values.drainSeconds) -}}
{{- end -}}
{{- if eq .component "tool-worker" -}}
{{- $_ := set $s "threadwell.tools.drain" (printf "%vs" $values.drainSeconds) -}}
{{- with $root.Values.imageGeneration -}}
{{- if .baseUrl -}}{{- $_ := set $s "threadwell.image-generation.base-url" .baseUrl -}}{{- end -}}
{{- $_ := set $s "threadwell.image-generation.model" .model -}}
{{- end -}}
{{- with $root.Values.webSearch -}}{{- if .engine -}}
{{- $_ := set $s "threadwell.web-search.engine" .engine -}}
{{- if .baseUrl -}}{{- $_ := set $s "threadwell.web-search.base-url" .baseUrl -}}{{- end -}}
{{- else if and $root.Values.simulator.enabled (not $root.Values.model.baseUrl) -}}
{{- $_ := set $s "threadwell.web-search.engine" "searxng" -}}
{{- $_ := set $s "threadwell.web-search.base-url" (include "threadwell.simulatorUrl" $root) -}}
{{- end -}}{{- end -}}
{{- $mode := include "threadwell.codeMode" $root -}}
{{- if eq $mode "off" -}}
{{- $_ := set $s "threadwell.code-interpreter.enabled" "false" -}}
{{- else if eq $mode "agentSandbox" -}}
{{- $_ := set $s "threadwell.code-interpreter.sandbox" "kubernetes" -}}
{{- $_ := set $s "threadwell.code-interpreter.kubernetes.namespace" $root.Release.Namespace -}}
{{- $_ := set $s "threadwell.code-interpreter.kubernetes.warm-pool" (printf "%s-code" (include "threadwell.fullname" $root)) -}}
{{- end -}}
{{- end -}}
{{- range $name, $value := merge (dict) $values.settings $root.Values.settings -}}
{{- $_ := set $s $name (toString $value) -}}
{{- end -}}
# Above the services' own defaults, below the environment.
config_ordinal=275
{{- range $name := keys $s | sortAlpha }}
{{ $name }}={{ include "threadwell.property" (get $s $name) }}
{{- end }}
{{- end -}}

{{- /* The secrets of a component, and only those that it needs. */ -}}
{{- define "threadwell.env" -}}
{{- $root := .root -}}
{{- $values := index $root.Values (include "threadwell.valuesKey" .component) -}}
{{- $env := dict "root" $root -}}
- name: SMALLRYE_CONFIG_LOCATIONS
  value: /etc/threadwell/settings/settings.properties
{{- $java := $values.jvmOptions -}}
{{- with $root.Values.trustStore -}}
{{- if .existingSecret }}
{{- if .passwordKey }}
- name: TRUST_STORE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .passwordKey }}
{{- $java = printf "-Djavax.net.ssl.trustStorePassword=$(TRUST_STORE_PASSWORD) %s" $java }}
{{- end }}
{{- $java = printf "-Djavax.net.ssl.trustStore=/etc/threadwell/trust/truststore.p12 -Djavax.net.ssl.trustStoreType=PKCS12 %s" $java }}
{{- end }}
{{- end }}
{{- with trim $java }}
- name: JAVA_TOOL_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- with $root.Values.postgresql }}
{{- if and .existingSecret .usernameKey }}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .usernameKey }}
{{- end }}
{{- include "threadwell.secretEnv" (merge (dict "name" "QUARKUS_DATASOURCE_PASSWORD" "existing" .existingSecret "key" .passwordKey "own" "postgresql-password" "value" .password) $env) }}
{{- end }}
{{- with $root.Values.kafka.sasl }}
{{- if .mechanism }}
{{- if .jaasConfigKey }}
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .jaasConfigKey }}
{{- else }}
{{- include "threadwell.secretEnv" (merge (dict "name" "SASL_PASSWORD" "existing" .existingSecret "key" .passwordKey "own" "kafka-password" "value" .password) $env) }}
- name: KAFKA_SASL_JAAS_CONFIG
  value: {{ printf "%s required username=%q password=\"$(SASL_PASSWORD)\";" (ternary "org.apache.kafka.common.security.plain.PlainLoginModule" "org.apache.kafka.common.security.scram.ScramLoginModule" (eq .mechanism "PLAIN")) .username | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- with $root.Values.kafka.tls }}
{{- if and .enabled .clientSecret }}
- name: KAFKA_SSL_KEYSTORE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .clientSecret }}
      key: {{ .clientPasswordKey }}
{{- end }}
{{- end }}
{{- with $root.Values.files.s3 }}
{{- if .bucket }}
{{- include "threadwell.secretEnv" (merge (dict "name" "THREADWELL_BLOBS_S3_ACCESS_KEY" "existing" .existingSecret "key" .accessKeyKey "own" "s3-access-key" "value" .accessKey) $env) }}
{{- include "threadwell.secretEnv" (merge (dict "name" "THREADWELL_BLOBS_S3_SECRET_KEY" "existing" .existingSecret "key" .secretKeyKey "own" "s3-secret-key" "value" .secretKey) $env) }}
{{- end }}
{{- end }}
{{- with $root.Values.model }}
{{- include "threadwell.secretEnv" (merge (dict "name" "THREADWELL_MODEL_API_KEY" "existing" .existingSecret "key" .apiKeyKey "own" "model-api-key" "value" .apiKey) $env) }}
{{- end }}
{{- if ne .component "run-worker" }}
{{- with $root.Values.embeddings }}
{{- if .baseUrl }}
{{- include "threadwell.secretEnv" (merge (dict "name" "THREADWELL_EMBEDDINGS_API_KEY" "existing" .existingSecret "key" .apiKeyKey "own" "embeddings-api-key" "value" .apiKey) $env) }}
{{- end }}
{{- end }}
{{- with $root.Values.opensearch }}
{{- if .url }}
{{- include "threadwell.secretEnv" (merge (dict "name" "THREADWELL_FILE_SEARCH_OPENSEARCH_PASSWORD" "existing" .existingSecret "key" .passwordKey "own" "opensearch-password" "value" .password) $env) }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq .component "tool-worker" }}
{{- with $root.Values.imageGeneration }}
{{- include "threadwell.secretEnv" (merge (dict "name" "THREADWELL_IMAGE_GENERATION_API_KEY" "existing" .existingSecret "key" .apiKeyKey "own" "image-generation-api-key" "value" .apiKey) $env) }}
{{- end }}
{{- with $root.Values.vision }}
{{- include "threadwell.secretEnv" (merge (dict "name" "THREADWELL_VISION_API_KEY" "existing" .existingSecret "key" .apiKeyKey "own" "vision-api-key" "value" .apiKey) $env) }}
{{- end }}
{{- with $root.Values.webSearch }}
{{- if .engine }}
{{- include "threadwell.secretEnv" (merge (dict "name" "THREADWELL_WEB_SEARCH_API_KEY" "existing" .existingSecret "key" .apiKeyKey "own" "web-search-api-key" "value" .apiKey) $env) }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq .component "api-service" }}
- name: THREADWELL_API_KEY
  valueFrom:
    secretKeyRef:
      name: {{ include "threadwell.apiKeySecretName" $root }}
      key: {{ $root.Values.apiKey.key }}
{{- end }}
{{- with $values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* Volumes and where they are mounted, as {volumes, mounts}. */ -}}
{{- define "threadwell.volumes" -}}
{{- $root := .root -}}
{{- $values := index $root.Values (include "threadwell.valuesKey" .component) -}}
{{- $pg := $root.Values.postgresql.tls -}}
{{- $kafka := $root.Values.kafka.tls -}}
volumes:
  - name: settings
    configMap:
      name: {{ include "threadwell.fullname" $root }}-{{ .component }}
  - name: tmp
    emptyDir:
      sizeLimit: {{ $values.tmpSize }}
  {{- if not $root.Values.files.s3.bucket }}
  - name: files
    {{- toYaml $root.Values.files.volume | nindent 4 }}
  {{- end }}
  {{- if and (ne $pg.mode "disable") $pg.caSecret }}
  - name: postgresql-ca
    secret:
      secretName: {{ $pg.caSecret }}
      items: [{key: {{ $pg.caKey }}, path: ca.crt}]
  {{- end }}
  {{- if and (ne $pg.mode "disable") $pg.clientSecret }}
  - name: postgresql-client
    secret:
      secretName: {{ $pg.clientSecret }}
      # PostgreSQL's driver refuses a key that everybody may read.
      defaultMode: 0440
      items: [{key: {{ $pg.clientCertKey }}, path: tls.crt}, {key: {{ $pg.clientKeyKey }}, path: tls.key}]
  {{- end }}
  {{- if and $kafka.enabled $kafka.caSecret }}
  - name: kafka-ca
    secret:
      secretName: {{ $kafka.caSecret }}
      items: [{key: {{ $kafka.caKey }}, path: ca.crt}]
  {{- end }}
  {{- if and $kafka.enabled $kafka.clientSecret }}
  - name: kafka-client
    secret:
      secretName: {{ $kafka.clientSecret }}
      items: [{key: {{ $kafka.clientKeystoreKey }}, path: user.p12}]
  {{- end }}
  {{- with $root.Values.trustStore }}
  {{- if .existingSecret }}
  - name: trust
    secret:
      secretName: {{ .existingSecret }}
      items: [{key: {{ .key }}, path: truststore.p12}]
  {{- end }}
  {{- end }}
  {{- with $values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
mounts:
  - {name: settings, mountPath: /etc/threadwell/settings, readOnly: true}
  - {name: tmp, mountPath: /tmp}
  {{- if not $root.Values.files.s3.bucket }}
  - {name: files, mountPath: /var/lib/threadwell/files}
  {{- end }}
  {{- if and (ne $pg.mode "disable") $pg.caSecret }}
  - {name: postgresql-ca, mountPath: /etc/threadwell/postgresql-ca, readOnly: true}
  {{- end }}
  {{- if and (ne $pg.mode "disable") $pg.clientSecret }}
  - {name: postgresql-client, mountPath: /etc/threadwell/postgresql-client, readOnly: true}
  {{- end }}
  {{- if and $kafka.enabled $kafka.caSecret }}
  - {name: kafka-ca, mountPath: /etc/threadwell/kafka-ca, readOnly: true}
  {{- end }}
  {{- if and $kafka.enabled $kafka.clientSecret }}
  - {name: kafka-client, mountPath: /etc/threadwell/kafka-client, readOnly: true}
  {{- end }}
  {{- if $root.Values.trustStore.existingSecret }}
  - {name: trust, mountPath: /etc/threadwell/trust, readOnly: true}
  {{- end }}
  {{- with $values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- /* A null in the values takes a field of the standard away. */ -}}
{{- define "threadwell.podSecurityContext" -}}
{{- $context := dict "runAsNonRoot" true "runAsUser" 10001 "runAsGroup" 10001 "fsGroup" 10001 "fsGroupChangePolicy" "OnRootMismatch" "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- range $name, $value := . -}}
{{- if kindIs "invalid" $value -}}{{- $context = omit $context $name -}}{{- else -}}{{- $_ := set $context $name $value -}}{{- end -}}
{{- end -}}
{{- toYaml $context -}}
{{- end -}}

{{- define "threadwell.spread" -}}
{{- $selector := include "threadwell.selector" . | fromYaml -}}
{{- range $key := list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
- maxSkew: 1
  topologyKey: {{ $key }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- toYaml $selector | nindent 6 }}
  matchLabelKeys: [pod-template-hash]
{{- end }}
{{- end -}}

{{- /* The Deployment of a service; dict root, component. */ -}}
{{- define "threadwell.deployment" -}}
{{- $root := .root -}}
{{- $values := index $root.Values (include "threadwell.valuesKey" .component) -}}
{{- $storage := include "threadwell.volumes" . | fromYaml -}}
{{- $sandboxed := and (eq .component "tool-worker") (eq (include "threadwell.codeMode" $root) "restricted") -}}
{{- $pods := and (eq .component "tool-worker") (eq (include "threadwell.codeMode" $root) "agentSandbox") -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "threadwell.fullname" $root }}-{{ .component }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "threadwell.labels" . | nindent 4 }}
spec:
  {{- if not $values.autoscaling.enabled }}
  replicas: {{ $values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      {{- include "threadwell.selector" . | nindent 6 }}
  strategy:
    {{- toYaml $values.strategy | nindent 4 }}
  template:
    metadata:
      labels:
        {{- include "threadwell.podLabels" . | nindent 8 }}
        {{- with $values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        checksum/settings: {{ include "threadwell.settings" . | sha256sum }}
        checksum/secrets: {{ include "threadwell.ownSecrets" $root | sha256sum }}
        {{- with $values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "threadwell.serviceAccountName" . }}
      automountServiceAccountToken: {{ $pods }}
      # Variables by the names of services would be read as settings.
      enableServiceLinks: false
      # The time before it is told to end, the drain, and what closing takes.
      terminationGracePeriodSeconds: {{ add (int $values.preStopSeconds) (int $values.drainSeconds) 20 }}
      {{- with $root.Values.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      {{- if and $sandboxed (not $root.Values.codeInterpreter.restricted.hostUsers) }}
      hostUsers: false
      {{- end }}
      securityContext:
        {{- include "threadwell.podSecurityContext" $values.podSecurityContext | nindent 8 }}
      containers:
        - name: {{ .component }}
          image: {{ include "threadwell.image" . }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: ["ALL"]
            {{- if $sandboxed }}
            {{- with $root.Values.codeInterpreter.restricted.localhostProfile }}
            seccompProfile:
              type: Localhost
              localhostProfile: {{ . }}
            {{- end }}
            {{- if ne $root.Values.codeInterpreter.restricted.procMount "Default" }}
            procMount: {{ $root.Values.codeInterpreter.restricted.procMount }}
            {{- end }}
            {{- end }}
          ports:
            - name: http
              containerPort: 8080
          env:
            {{- include "threadwell.env" . | nindent 12 }}
          {{- with $values.extraEnvFrom }}
          envFrom:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with $values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          startupProbe:
            httpGet: {path: /q/health/started, port: http}
            periodSeconds: 2
            timeoutSeconds: 3
            failureThreshold: {{ div (add (int $values.startupSeconds) 1) 2 }}
          readinessProbe:
            httpGet: {path: /q/health/ready, port: http}
            periodSeconds: 5
            timeoutSeconds: 5
            failureThreshold: 2
          livenessProbe:
            httpGet: {path: /q/health/live, port: http}
            periodSeconds: 10
            timeoutSeconds: 10
            failureThreshold: 6
          {{- if $values.preStopSeconds }}
          lifecycle:
            preStop:
              sleep:
                seconds: {{ $values.preStopSeconds }}
          {{- end }}
          volumeMounts:
            {{- toYaml $storage.mounts | nindent 12 }}
      volumes:
        {{- toYaml $storage.volumes | nindent 8 }}
      topologySpreadConstraints:
        {{- if $values.topologySpreadConstraints }}
        {{- toYaml $values.topologySpreadConstraints | nindent 8 }}
        {{- else }}
        {{- include "threadwell.spread" . | trim | nindent 8 }}
        {{- end }}
      {{- with $values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end -}}
