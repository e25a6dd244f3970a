"""The rules of the chart. Called by ./run; with --renew the golden files are written anew."""

import base64
import copy
import functools
import glob
import json
import os
import re
import subprocess
import sys
import unittest

import jsonschema
import kubernetes_validate
import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
CHART = os.path.join(ROOT, "k8s", "threadwell")
EXAMPLES = os.path.join(ROOT, "k8s", "examples")
VALUES = os.path.join(HERE, "values")
GOLDEN = os.path.join(HERE, "golden")
CASES = sorted(name[: -len(".yaml")] for name in os.listdir(VALUES))
KUBERNETES = ["1.30.0", "1.34.0"]
SERVICES = ["api-service", "run-worker", "tool-worker"]
LEFT_OUT = []


def helm(*arguments):
    return subprocess.run([os.environ["HELM"], *arguments], capture_output=True, text=True, timeout=120)


@functools.lru_cache(maxsize=None)
def template(*arguments):
    answer = helm("template", "tw", CHART, "--namespace", "tw", *arguments)
    if answer.returncode != 0:
        raise AssertionError(answer.stderr)
    return answer.stdout


def values(case):
    return ["--values", os.path.join(VALUES, case + ".yaml")]


def objects(text):
    return [document for document in yaml.safe_load_all(text) if document]


def rendered(case, *arguments):
    return objects(template(*values(case), *arguments))


def find(documents, kind, name):
    found = [d for d in documents if d["kind"] == kind and d["metadata"]["name"] == name]
    if len(found) != 1:
        raise AssertionError(f"{kind} {name}: {len(found)}")
    return found[0]


def pods(documents):
    """Pod specifications, by the names of what makes them."""
    for document in documents:
        name = document["kind"] + " " + document["metadata"]["name"]
        if document["kind"] == "Deployment":
            yield name, document["spec"]["template"]["spec"]
        elif document["kind"] == "Pod":
            yield name, document["spec"]
        elif document["kind"] == "SandboxTemplate":
            yield name, document["spec"]["podTemplate"]["spec"]


def settings(documents, service):
    text = find(documents, "ConfigMap", "tw-threadwell-" + service)["data"]["settings.properties"]
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def variables(documents, service):
    container = find(documents, "Deployment", "tw-threadwell-" + service)["spec"]["template"]["spec"]["containers"][0]
    return {variable["name"]: variable for variable in container["env"]}


class Goldens(unittest.TestCase):
    """What the chart makes of each file in values/, to the letter."""

    maxDiff = None

    def test_each_file_of_values_renders_as_its_golden_file(self):
        for case in CASES:
            with self.subTest(case), open(os.path.join(GOLDEN, case + ".yaml")) as golden:
                self.assertEqual(golden.read(), template(*values(case)))

    def test_lint_has_no_complaint(self):
        for case in CASES:
            with self.subTest(case):
                answer = helm("lint", "--strict", CHART, *values(case))
                self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)


class Refusals(unittest.TestCase):
    """What the chart does not take, and in which words."""

    def refuse(self, words, *arguments, case="trial"):
        answer = helm("template", "tw", CHART, *(values(case) if case else []), *arguments)
        self.assertNotEqual(answer.returncode, 0, "taken: " + " ".join(arguments))
        for word in words:
            self.assertIn(word, answer.stderr)

    def test_everything_that_is_missing_is_named_at_once(self):
        self.refuse(
            ["postgresql.host", "postgresql.existingSecret", "kafka.bootstrapServers", "files.s3.bucket", "model.baseUrl"],
            case=None,
        )

    def test_a_misspelt_value_is_refused(self):
        for path, word in [
            ("postgresq.host=x", "'postgresq'"),
            ("postgresql.hots=x", "'hots'"),
            ("apiService.replica=3", "'replica'"),
            ("kafka.sasl.user=x", "'user'"),
            ("files.s3.buckets=x", "'buckets'"),
            ("toolWorker.service.port=80", "'service'"),
            ("monitoring.rules.on=true", "'on'"),
        ]:
            with self.subTest(path):
                self.refuse(["additional properties " + word + " not allowed"], "--set", path)

    def test_a_value_of_the_wrong_kind_is_refused(self):
        for path, word in [
            ("apiService.replicas=many", "/apiService/replicas"),
            ("kafka.partitions=0", "/kafka/partitions"),
            ("postgresql.port=70000", "/postgresql/port"),
            ("postgresql.tls.mode=prefer", "/postgresql/tls/mode"),
            ("postgresql.host=postgresql://x", "/postgresql/host"),
            ("kafka.bootstrapServers=kafka", "/kafka/bootstrapServers"),
            ("kafka.sasl.mechanism=GSSAPI", "/kafka/sasl/mechanism"),
            ("codeInterpreter.mode=bubblewrap", "/codeInterpreter/mode"),
            ("model.baseUrl=models.example.com", "/model/baseUrl"),
            ("runWorker.drainSeconds=30s", "/runWorker/drainSeconds"),
            ("runWorker.autoscaling.targetCPUUtilizationPercentage=700", "/runWorker/autoscaling"),
            ("apiService.resources.limits.memory=1 GB", "/apiService/resources"),
            ("image.pullPolicy=Sometimes", "/image/pullPolicy"),
            ("postgresql.existingSecret=My_Secret", "/postgresql/existingSecret"),
        ]:
            with self.subTest(path):
                self.refuse([word], "--set", path)

    def test_a_setting_that_no_service_can_have_is_refused(self):
        self.refuse(["at '/settings'", "THREADWELL_HTTP_DRAIN"], "--set-json", 'settings={"THREADWELL_HTTP_DRAIN":"5s"}')

    def test_values_that_contradict_each_other_are_refused(self):
        for words, arguments in [
            (["kept in one place"], ["--set", "files.s3.bucket=b"]),
            (["go together"], ["--set", "files.s3.accessKey=a"]),
            (["postgresql.tls.mode is disable"], ["--set", "postgresql.tls.caSecret=ca"]),
            (["kafka.tls.enabled is false"], ["--set", "kafka.tls.caSecret=ca"]),
            (["kafka.sasl.mechanism is missing"], ["--set", "kafka.sasl.username=u"]),
            (["kafka.sasl.existingSecret is missing"], ["--set", "kafka.sasl.mechanism=PLAIN,kafka.sasl.username=u"]),
            (["agentSandbox.image is missing"], ["--set", "codeInterpreter.mode=agentSandbox"]),
            (["needs hostUsers false"], ["--set", "codeInterpreter.mode=restricted,codeInterpreter.restricted.procMount=Unmasked"]),
            (["more workers would get no work"],
             ["--set", "keda.enabled=true,runWorker.autoscaling.enabled=true,runWorker.autoscaling.maxReplicas=65"]),
            (["prometheusAddress is missing"], ["--set", "keda.enabled=true,keda.oldestQueued.from=prometheus"]),
            (["minReplicas is above maxReplicas"],
             ["--set", "apiService.autoscaling.enabled=true,apiService.autoscaling.minReplicas=20"]),
            (["ingress.host is missing"], ["--set", "ingress.enabled=true"]),
            (["httpRoute.parentRefs is missing"], ["--set", "httpRoute.enabled=true"]),
            (["webSearch.baseUrl is missing"], ["--set", "webSearch.engine=searxng"]),
        ]:
            with self.subTest(words):
                self.refuse(words, *arguments)

    def test_every_value_of_the_chart_is_in_the_schema(self):
        with open(os.path.join(CHART, "values.yaml")) as file, open(os.path.join(CHART, "values.schema.json")) as schema:
            jsonschema.validate(yaml.safe_load(file), json.load(schema))


class Pods(unittest.TestCase):
    """What holds for every pod, whatever the values."""

    def test_every_pod_is_what_pod_security_restricted_admits(self):
        for case in CASES:
            for name, pod in pods(rendered(case)):
                with self.subTest(case + ": " + name):
                    self.assertTrue(pod["securityContext"]["runAsNonRoot"])
                    self.assertIn(pod["securityContext"]["seccompProfile"]["type"], ["RuntimeDefault", "Localhost"])
                    self.assertFalse({"hostNetwork", "hostPID", "hostIPC"} & set(pod))
                    for container in pod["containers"]:
                        context = container["securityContext"]
                        self.assertFalse(context["allowPrivilegeEscalation"])
                        self.assertTrue(context["readOnlyRootFilesystem"])
                        self.assertEqual(context["capabilities"], {"drop": ["ALL"]})

    def test_no_pod_has_a_token_but_tool_workers_that_claim_pods(self):
        for case in CASES:
            documents = rendered(case)
            for name, pod in pods(documents):
                with self.subTest(case + ": " + name):
                    claims = case == "full" and name == "Deployment tw-threadwell-tool-worker"
                    self.assertEqual(pod["automountServiceAccountToken"], claims)

    def test_no_pod_reads_the_names_of_services_as_settings(self):
        for case in CASES:
            for name, pod in pods(rendered(case)):
                with self.subTest(case + ": " + name):
                    self.assertFalse(pod["enableServiceLinks"])

    def test_pods_have_more_time_to_end_than_they_take(self):
        drains = {"api-service": "threadwell.http.drain", "run-worker": "threadwell.worker.drain", "tool-worker": "threadwell.tools.drain"}
        documents = rendered("trial", "--set", "apiService.drainSeconds=120,apiService.preStopSeconds=15,runWorker.drainSeconds=600")
        for service in SERVICES:
            with self.subTest(service):
                pod = find(documents, "Deployment", "tw-threadwell-" + service)["spec"]["template"]["spec"]
                drain = int(settings(documents, service)[drains[service]].removesuffix("s"))
                pre_stop = pod["containers"][0].get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
                self.assertGreaterEqual(pod["terminationGracePeriodSeconds"], drain + pre_stop + 15)

    def test_a_changed_setting_restarts_the_service_that_reads_it_alone(self):
        before = rendered("trial")
        after = rendered("trial", "--set", "runWorker.settings.threadwell\\.worker\\.max-runs=10")
        changed = [
            service for service in SERVICES
            if find(before, "Deployment", "tw-threadwell-" + service)["spec"]["template"]
            != find(after, "Deployment", "tw-threadwell-" + service)["spec"]["template"]
        ]
        self.assertEqual(changed, ["run-worker"])

    def test_a_changed_password_restarts_every_service(self):
        before = rendered("trial")
        after = rendered("trial", "--set", "postgresql.password=another")
        for service in SERVICES:
            with self.subTest(service):
                self.assertNotEqual(
                    find(before, "Deployment", "tw-threadwell-" + service)["spec"]["template"],
                    find(after, "Deployment", "tw-threadwell-" + service)["spec"]["template"])

    def test_another_version_of_the_chart_alone_restarts_nothing(self):
        for name, pod in ((d["metadata"]["name"], d["spec"]["template"]) for d in rendered("full") if d["kind"] == "Deployment"):
            with self.subTest(name):
                self.assertNotIn("helm.sh/chart", pod["metadata"]["labels"])

    def test_a_service_gets_the_keys_alone_that_it_needs(self):
        documents = rendered("full")
        secrets = {service: {n for n, v in variables(documents, service).items() if "valueFrom" in v} for service in SERVICES}
        everybody = {"QUARKUS_DATASOURCE_USERNAME", "QUARKUS_DATASOURCE_PASSWORD", "KAFKA_SASL_JAAS_CONFIG", "TRUST_STORE_PASSWORD",
                     "THREADWELL_BLOBS_S3_ACCESS_KEY", "THREADWELL_BLOBS_S3_SECRET_KEY", "THREADWELL_MODEL_API_KEY"}
        search = {"THREADWELL_EMBEDDINGS_API_KEY", "THREADWELL_FILE_SEARCH_OPENSEARCH_PASSWORD"}
        self.assertEqual(secrets["run-worker"], everybody)
        self.assertEqual(secrets["api-service"], everybody | search | {"THREADWELL_API_KEY"})
        self.assertEqual(secrets["tool-worker"],
                         everybody | search | {"THREADWELL_IMAGE_GENERATION_API_KEY", "THREADWELL_WEB_SEARCH_API_KEY"})

    def test_a_secret_of_the_users_is_never_copied(self):
        self.assertFalse([d for d in rendered("full") if d["kind"] == "Secret" and d["metadata"]["name"] != "tw-threadwell-keda"])

    def test_no_password_is_in_a_config_map_or_a_pod(self):
        with open(os.path.join(VALUES, "restricted.yaml")) as file:
            self.assertIn("a-secret-key", file.read())
        for document in rendered("restricted") + rendered("trial"):
            if document["kind"] != "Secret":
                text = json.dumps(document)
                for password in ["an-access-key", "a-secret-key", "a-model-key", "not-a-secret", "sk-threadwell"]:
                    self.assertNotIn(password, text)

    def test_an_api_key_is_made_up_where_none_is_given(self):
        documents = rendered("trial", "--set", "apiKey.value=")
        key = base64.b64decode(find(documents, "Secret", "tw-threadwell-api-key")["data"]["apiKey"]).decode()
        self.assertRegex(key, "^sk-threadwell-[A-Za-z0-9]{40}$")


class Settings(unittest.TestCase):
    """What the services read."""

    def test_a_setting_of_a_service_outranks_that_of_all(self):
        documents = rendered("trial", "--set-json",
                             'settings={"threadwell.kafka.partitions":3},runWorker.settings={"threadwell.kafka.partitions":5}')
        self.assertEqual(settings(documents, "run-worker")["threadwell.kafka.partitions"], "5")
        self.assertEqual(settings(documents, "api-service")["threadwell.kafka.partitions"], "3")

    def test_a_backslash_survives_the_file(self):
        documents = rendered("full")
        self.assertEqual(settings(documents, "api-service")["threadwell.v1.models.refused"], r"(chatgpt-|gpt-4\\.[1-9]).*")

    def test_every_setting_that_the_chart_writes_is_documented(self):
        with open(os.path.join(ROOT, "docs", "settings.md")) as file:
            documented = set(re.findall(r"^\| `(threadwell\.[^`]*)` \|", file.read(), re.MULTILINE))
        for case in CASES:
            documents = rendered(case)
            for service in SERVICES:
                for name in settings(documents, service):
                    if name.startswith("threadwell.") and '"' not in name:
                        with self.subTest(case + ": " + service):
                            self.assertIn(name, documented)

    def test_every_variable_that_the_chart_sets_is_documented(self):
        with open(os.path.join(ROOT, "docs", "settings.md")) as file:
            page = file.read()
        for service in SERVICES:
            for name in variables(rendered("full"), service):
                if name.startswith("THREADWELL_"):
                    self.assertIn("`" + name + "`", page)

    def test_tls_of_postgresql_is_told_to_both_drivers(self):
        documents = rendered("full")
        found = settings(documents, "api-service")
        self.assertTrue(found["quarkus.datasource.jdbc.url"].endswith(
            "?sslmode=verify-full&sslrootcert=/etc/threadwell/postgresql-ca/ca.crt"))
        self.assertEqual(found["quarkus.datasource.reactive.postgresql.ssl-mode"], "verify-full")
        self.assertEqual(found["quarkus.datasource.reactive.hostname-verification-algorithm"], "HTTPS")
        self.assertEqual(found["quarkus.datasource.reactive.trust-certificate-pem.certs"], "/etc/threadwell/postgresql-ca/ca.crt")

    def test_code_runs_in_a_sandbox_or_not_at_all(self):
        off = settings(rendered("trial"), "tool-worker")
        self.assertEqual(off["threadwell.code-interpreter.enabled"], "false")
        pooled = settings(rendered("full"), "tool-worker")
        self.assertEqual(pooled["threadwell.code-interpreter.sandbox"], "kubernetes")
        own = settings(rendered("restricted"), "tool-worker")
        self.assertNotIn("threadwell.code-interpreter.sandbox", own)

    def test_an_unquoted_off_is_off(self):
        documents = rendered("trial", "--set-json", 'codeInterpreter={"mode":false}')
        self.assertEqual(settings(documents, "tool-worker")["threadwell.code-interpreter.enabled"], "false")


class Ways(unittest.TestCase):
    """Ways in and out, and scaling."""

    def test_health_and_metrics_are_not_routed_from_outside(self):
        documents = rendered("full")
        ingress = find(documents, "Ingress", "tw-threadwell")
        self.assertEqual([p["path"] for r in ingress["spec"]["rules"] for p in r["http"]["paths"]], ["/v1"])
        route = find(documents, "HTTPRoute", "tw-threadwell")
        self.assertEqual([m["path"]["value"] for r in route["spec"]["rules"] for m in r["matches"]], ["/v1"])

    def test_streams_are_neither_buffered_nor_cut_off(self):
        documents = rendered("full")
        annotations = find(documents, "Ingress", "tw-threadwell")["metadata"]["annotations"]
        self.assertEqual(annotations["nginx.ingress.kubernetes.io/proxy-buffering"], "off")
        self.assertGreaterEqual(int(annotations["nginx.ingress.kubernetes.io/proxy-read-timeout"]), 660)
        route = find(documents, "HTTPRoute", "tw-threadwell")
        self.assertEqual(route["spec"]["rules"][0]["timeouts"], {"request": "0s", "backendRequest": "0s"})

    def test_what_scales_has_no_number_of_its_own(self):
        documents = rendered("full")
        for service in SERVICES:
            with self.subTest(service):
                self.assertNotIn("replicas", find(documents, "Deployment", "tw-threadwell-" + service)["spec"])

    def test_workers_scale_by_keda_or_by_cpu_never_by_both(self):
        kinds = lambda documents: sorted(
            (d["kind"], d["metadata"]["name"]) for d in documents if d["kind"] in ("HorizontalPodAutoscaler", "ScaledObject"))
        self.assertEqual(kinds(rendered("full")), [
            ("HorizontalPodAutoscaler", "tw-threadwell-api-service"),
            ("ScaledObject", "tw-threadwell-run-worker"),
            ("ScaledObject", "tw-threadwell-tool-worker")])
        self.assertEqual(kinds(rendered("full", "--set", "keda.enabled=false")), [
            ("HorizontalPodAutoscaler", "tw-threadwell-" + service) for service in SERVICES])

    def test_keda_counts_from_the_lifetime_of_a_run(self):
        with open(os.path.join(ROOT, "shared-model", "src", "main", "java", "dev", "threadwell", "run", "Run.java")) as file:
            lifetime = re.search(r"LIFETIME_SECONDS = (\d+)", file.read()).group(1)
        trigger = find(rendered("full"), "ScaledObject", "tw-threadwell-run-worker")["spec"]["triggers"][0]
        self.assertIn(f"+ {lifetime} - min(expires_at)", trigger["metadata"]["query"])

    def test_every_service_has_a_network_policy_for_both_directions(self):
        for case in ["full", "restricted"]:
            documents = rendered(case)
            for service in SERVICES:
                policy = find(documents, "NetworkPolicy", "tw-threadwell-" + service)["spec"]
                self.assertEqual(policy["policyTypes"], ["Ingress", "Egress"])

    def test_no_address_that_users_name_is_private(self):
        policy = find(rendered("restricted"), "NetworkPolicy", "tw-threadwell-tool-worker")["spec"]
        public = [block["ipBlock"] for rule in policy["egress"] for block in rule.get("to", []) if "ipBlock" in block]
        self.assertEqual([block["cidr"] for block in public], ["0.0.0.0/0", "::/0"])
        self.assertIn("10.0.0.0/8", public[0]["except"])
        self.assertIn("169.254.0.0/16", public[0]["except"])

    def test_rules_and_dashboards_are_those_of_the_folders(self):
        documents = rendered("full", "--set", "monitoring.rules.enabled=true,monitoring.dashboards.enabled=true")
        rules = [d for d in documents if d["kind"] == "PrometheusRule"]
        self.assertEqual(len(rules), len(glob.glob(os.path.join(CHART, "files", "rules", "*.yaml"))))
        for rule in rules:
            self.assertTrue(rule["spec"]["groups"])
        dashboards = [d for d in documents if d["kind"] == "ConfigMap" and "-dashboard-" in d["metadata"]["name"]]
        self.assertEqual(len(dashboards), len(glob.glob(os.path.join(CHART, "files", "dashboards", "*.json"))))
        for dashboard in dashboards:
            for text in dashboard["data"].values():
                json.loads(text)

    def test_the_program_of_code_pods_is_the_one_of_the_folder_beside(self):
        with open(os.path.join(CHART, "files", "pod.py")) as ours, \
                open(os.path.join(ROOT, "k8s", "code-interpreter", "pod.py")) as theirs:
            self.assertEqual(ours.read(), theirs.read())


class Definitions(unittest.TestCase):
    """Everything is what Kubernetes and the operators define."""

    @classmethod
    def setUpClass(cls):
        cls.schemas = crd_schemas(os.environ["CRDS"])

    def everything(self):
        for case in CASES:
            for document in rendered(case, "--set", "monitoring.rules.enabled=true,monitoring.dashboards.enabled=true"):
                yield case, document
        for name in ["strimzi", "cloudnativepg"]:
            with open(os.path.join(EXAMPLES, name + ".yaml")) as file:
                for document in objects(file.read()):
                    yield "examples/" + name, document

    def test_built_in_kinds_are_valid_in_the_oldest_and_in_a_new_kubernetes(self):
        for case, document in self.everything():
            if "." in document["apiVersion"].split("/")[0] and not document["apiVersion"].split("/")[0].endswith(".k8s.io"):
                continue
            if document["apiVersion"].split("/")[0] in ("gateway.networking.k8s.io", "extensions.agents.x-k8s.io"):
                continue
            for version in KUBERNETES:
                with self.subTest(f"{case}: {document['kind']} {document['metadata']['name']}, {version}"):
                    kubernetes_validate.validate(document, version, strict=True)

    def test_kinds_of_operators_are_valid_against_their_definitions(self):
        for case, document in self.everything():
            group = document["apiVersion"].split("/")[0]
            if "." not in group or (group.endswith(".k8s.io") and group not in ("gateway.networking.k8s.io", "extensions.agents.x-k8s.io")):
                continue
            schema = self.schemas.get((document["apiVersion"], document["kind"]))
            if schema is None:
                LEFT_OUT.append(f"{document['apiVersion']} {document['kind']} is not validated: its definition is not at hand")
                continue
            with self.subTest(f"{case}: {document['kind']} {document['metadata']['name']}"):
                jsonschema.Draft7Validator(schema).validate(document)

    def test_an_unknown_field_of_an_operators_kind_is_seen(self):
        schema = self.schemas.get(("keda.sh/v1alpha1", "ScaledObject"))
        if schema is None:
            self.skipTest("KEDA's definition is not at hand")
        scaled = copy.deepcopy(find(rendered("full"), "ScaledObject", "tw-threadwell-run-worker"))
        scaled["spec"]["maxReplicas"] = 3
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.Draft7Validator(schema).validate(scaled)

    def test_the_values_of_the_examples_are_taken(self):
        template("--values", os.path.join(EXAMPLES, "values-strimzi.yaml"), "--values", os.path.join(EXAMPLES, "values-cloudnativepg.yaml"),
                 "--set", "files.s3.bucket=b,model.baseUrl=http://models/v1")

    def test_the_cluster_would_take_everything(self):
        if os.environ.get("THREADWELL_DRY_RUN") != "1":
            LEFT_OUT.append("no cluster was asked: THREADWELL_DRY_RUN=1 asks that of KUBECONFIG, and makes nothing in it")
            self.skipTest("no cluster")
        kubectl = os.environ.get("THREADWELL_KUBECTL", "kubectl").split()
        known = subprocess.run([*kubectl, "api-resources", "--no-headers"], capture_output=True, text=True, timeout=60).stdout
        for case, document in self.everything():
            if document["kind"] not in known.split():
                LEFT_OUT.append(f"the cluster was not asked about {document['kind']}, which it does not know")
                continue
            document["metadata"]["namespace"] = "default"
            with self.subTest(f"{case}: {document['kind']} {document['metadata']['name']}"):
                answer = subprocess.run([*kubectl, "apply", "--dry-run=server", "--validate=strict", "-f", "-"],
                                        input=yaml.safe_dump(document), capture_output=True, text=True, timeout=60)
                self.assertEqual(answer.returncode, 0, answer.stderr)


def crd_schemas(folder):
    """JSON schemas of custom resources, strict about unknown fields, by version and kind."""
    schemas = {}
    for path in glob.glob(os.path.join(folder, "*.yaml")):
        with open(path) as file:
            for definition in objects(file.read()):
                if definition.get("kind") != "CustomResourceDefinition":
                    continue
                spec = definition["spec"]
                for version in spec["versions"]:
                    schema = strict(version["schema"]["openAPIV3Schema"])
                    schema["properties"]["metadata"] = {"type": "object"}
                    schemas[(spec["group"] + "/" + version["name"], spec["names"]["kind"])] = schema
    return schemas


def strict(schema):
    """The same schema for JSON Schema: no field but those it names, and Kubernetes' own extensions spelt out."""
    if not isinstance(schema, dict):
        return schema
    if schema.get("x-kubernetes-int-or-string"):
        return {}
    result = {}
    for key, value in schema.items():
        if key == "properties":
            result[key] = {name: strict(part) for name, part in value.items()}
        elif key in ("items", "additionalProperties", "not"):
            result[key] = strict(value)
        elif key in ("type", "required", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems",
                     "minProperties", "maxProperties"):
            result[key] = value
    if "properties" in schema and "additionalProperties" not in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        result["additionalProperties"] = False
    if schema.get("nullable") and "type" in result:
        result["type"] = [result["type"], "null"]
    return result


def renew():
    os.makedirs(GOLDEN, exist_ok=True)
    for case in CASES:
        with open(os.path.join(GOLDEN, case + ".yaml"), "w") as golden:
            golden.write(template(*values(case)))
    print("Renewed:", ", ".join(CASES))


if __name__ == "__main__":
    if sys.argv[1:] == ["--renew"]:
        renew()
        sys.exit(0)
    program = unittest.main(exit=False, verbosity=2)
    if LEFT_OUT:
        print("\nLeft out:")
        for line in sorted(set(LEFT_OUT)):
            print("  " + line)
    sys.exit(0 if program.result.wasSuccessful() else 1)
