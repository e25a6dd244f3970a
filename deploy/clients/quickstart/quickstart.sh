#!/usr/bin/env bash
set -euo pipefail

api() {
  curl --silent --show-error --fail --no-buffer "$OPENAI_BASE_URL/$1" "${@:2}" \
    -H "Authorization: Bearer $OPENAI_API_KEY" \
    -H 'Content-Type: application/json' -H 'OpenAI-Beta: assistants=v2'
}
id() { sed -n 's/^  "id": "\(.*\)",$/\1/p'; }

tutor=$(api assistants -d '{"name": "Math Tutor", "model": "gpt-4o"}' | id)
thread=$(api threads -d '{"messages": [{"role": "user", "content": "Can you help me to solve 3x + 11 = 14?"}]}' | id)

# Streamed: events, while the model writes.
api "threads/$thread/runs" -d "{\"assistant_id\": \"$tutor\", \"stream\": true}"

# Polled: ask again, wait for the run to end, read the newest message.
api "threads/$thread/messages" -d '{"role": "user", "content": "And 5x + 20 = 30?"}' > /dev/null
run=$(api "threads/$thread/runs" -d "{\"assistant_id\": \"$tutor\"}" | id)
while api "threads/$thread/runs/$run" | grep -E '"status": "(queued|in_progress)"' > /dev/null; do sleep 0.2; done
api "threads/$thread/messages?limit=1"
