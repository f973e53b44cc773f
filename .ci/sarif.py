# Holds a SARIF file against the schema of SARIF 2.1.0, which a Go module
# carries as a string; a broken twin must fail. Usage: sarif.py SCHEMA.go FILE
import json, sys, jsonschema
source = open(sys.argv[1], encoding="utf-8").read()
schema = json.loads(source[source.index("{"):source.rindex("}") + 1])
document = json.load(open(sys.argv[2], encoding="utf-8"))
v = jsonschema.Draft4Validator(schema)
bad = list(v.iter_errors(document))
for e in bad[:20]: print("/".join(map(str, e.path)), e.message[:200])
document["runs"][0]["results"][0]["level"] = "fatal"
if v.is_valid(document): bad.append(None); print("a level that SARIF does not have was accepted")
sys.exit(bool(bad))
