"""BookFinder from Python over gRPC: ./run.sh [localhost:8080]."""

import sys

import grpc
from bookfinder.v1 import book_service_pb2_grpc, export_pb2, match_pb2, search_pb2
from google.rpc import error_details_pb2
from grpc_status import rpc_status

address = sys.argv[1].removeprefix("http://")
channel = grpc.insecure_channel(address)
books = book_service_pb2_grpc.BookServiceStub(channel)

# Search. A deadline goes with every call.
found = books.SearchBooks(
    search_pb2.SearchBooksRequest(query="lord of the rings", page_size=1), timeout=10
)
print(f"search: {found.results[0].book.title}")

found = books.SearchBooks(
    search_pb2.SearchBooksRequest(query="tolkein hobit", page_size=1), timeout=10
)
print(f"corrected: {found.results[0].book.title}")

# Page through.
pages, token = 0, ""
while True:
    page = books.SearchBooks(
        search_pb2.SearchBooksRequest(query="author:shakespeare", page_size=2, page_token=token),
        timeout=10,
    )
    pages, token = pages + 1, page.next_page_token
    if not token or pages == 3:
        break
print(f"pages: {pages}")

# A stream from the server. After an interruption, `resume_token` goes on behind the last book.
exported = sum(1 for _ in books.ExportBooks(export_pb2.ExportBooksRequest(limit=250)))
print(f"exported: {exported}")


# Streams both ways: rows are read no faster than they are answered.
def rows():
    yield match_pb2.MatchBooksRequest(id="1", title="The Hobbit", author="Tolkien, J. R. R.")
    yield match_pb2.MatchBooksRequest(
        id="2", citation="Austen, J. (1813). Pride and Prejudice. Egerton."
    )


for answer in books.MatchBooks(rows()):
    verdict = match_pb2.MatchBooksResponse.Verdict.Name(answer.verdict)
    print(f"match: {answer.id} {verdict.removeprefix('VERDICT_')}")

# An error has a code, a sentence, and a reason that stays the same.
try:
    books.SearchBooks(search_pb2.SearchBooksRequest(page_size=1000), timeout=10)
except grpc.RpcError as error:
    info = error_details_pb2.ErrorInfo()
    for detail in rpc_status.from_call(error).details:
        if detail.Unpack(info):
            print(f"error: {info.reason}")
