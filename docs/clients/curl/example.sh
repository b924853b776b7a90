#!/usr/bin/env bash
# BookFinder with curl and nothing else: ./example.sh [http://localhost:8080]
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
