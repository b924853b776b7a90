#!/usr/bin/env bash
# BookFinder with curl and nothing else: BOOKFINDER_KEY=bf_… ./example.sh [http://localhost:8080]
# The key, or a token, needs the scope "books.write"; CURL_CA_BUNDLE names a private authority.
set -euo pipefail
server="${1:-http://localhost:8080}"

# The first value of a field in JSON; programs use jq.
first() { grep -oE "\"$1\":\"[^\"]*\"" | sed -E "1!d; s/.*:\"(.*)\"/\1/"; }

# Search: a GET that caches may keep, over REST …
echo "search: $(curl -sf "$server/v1/books?query=lord+of+the+rings&page_size=1" | first title)"

# … and the same as an RPC with JSON.
echo "corrected: $(curl -sf "$server/bookfinder.v1.BookService/SearchBooks" \
  -H 'content-type: application/json' -d '{"query": "tolkein hobit", "pageSize": 1}' | first title)"

# Page through: nextPageToken of one page is page_token of the next.
token="" pages=0
while :; do
  token="$(curl -sf --get "$server/v1/books" --data-urlencode 'query=author:shakespeare' \
    --data-urlencode 'page_size=2' --data-urlencode "page_token=$token" | first nextPageToken)"
  pages=$((pages + 1))
  [ -n "$token" ] && [ "$pages" -lt 3 ] || break
done
echo "pages: $pages"

# A stream: one JSON value on each line, as fast as it is read.
echo "exported: $(($(curl -sfN "$server/v1/books:export?limit=250" | wc -l)))"

# A list to be matched: lines in, lines out.
printf '%s\n' '{"id": "1", "title": "The Hobbit", "author": "Tolkien, J. R. R."}' \
  '{"id": "2", "citation": "Austen, J. (1813). Pride and Prejudice. Egerton."}' |
  curl -sf "$server/v1/books:match" -H 'content-type: application/x-ndjson' --data-binary @- |
  sed -E 's/^\{"id":"([^"]*)".*"verdict":"VERDICT_([A-Z_]*)".*/match: \1 \2/'

# An error says which field, which limit, and the way out.
echo "error: $(curl -s "$server/v1/books?page_size=1000" | first reason)"

# Create a book with a key (or a token); the answer has its name and etag.
auth="authorization: Bearer ${BOOKFINDER_KEY:?}"
json="content-type: application/json"
book="$(curl -sf "$server/v1/books" -H "$auth" -H "$json" -d '{"title": "A Book of Mine"}')"
name="$(first name <<< "$book")" etag="$(first etag <<< "$book")"
echo "created: $(first title <<< "$book")"
echo "found: $(curl -sf "$server/v1/books?query=a+book+of+mine&page_size=1" | first title)"

# Change it, if nobody else did since; with the old etag, the second change is refused.
change() {
  curl -s -X PATCH "$server/v1/$name" -H "$auth" -H "$json" -H "if-match: \"$1\"" -d "$2"
}
echo "changed: $(change "$etag" '{"title": "A Book of Ours"}' | first title)"
echo "conflict: $(change "$etag" '{"title": "Mine alone"}' | first reason)"

# A stream to the server: lines of batches, each written whole or not at all.
printf '%s\n' '{"requestId": "curl", "rows": [{"book": {"title": "First of a List"}}]}' \
  '{"rows": [{"book": {"title": "Second of a List"}}]}' |
  curl -sf "$server/v1/books:import" -H "$auth" -H 'content-type: application/x-ndjson' \
    --data-binary @- | sed -E 's/.*"createdCount":([0-9]+).*/imported: \1/'

curl -sf -X DELETE "$server/v1/$name" -H "$auth" -H 'if-match: *'
echo "left: $(curl -s "$server/v1/$name" | first reason)"
