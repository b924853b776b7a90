"""BookFinder from Python over gRPC: BOOKFINDER_KEY=bf_… ./run.sh [localhost:8080].

GRPC_DEFAULT_SSL_ROOTS_FILE_PATH names a private authority of an https address.
"""

import os
import sys

import grpc
from bookfinder.v1 import (
    book_pb2,
    book_service_pb2,
    book_service_pb2_grpc,
    edit_pb2,
    export_pb2,
    import_pb2,
    match_pb2,
    search_pb2,
)
from google.rpc import error_details_pb2
from grpc_status import rpc_status

address = sys.argv[1]
if address.startswith("https://"):
    channel = grpc.secure_channel(address[len("https://") :], grpc.ssl_channel_credentials())
else:
    channel = grpc.insecure_channel(address.removeprefix("http://"))
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


def reason_of(method, request, code):
    """An error has a code, a sentence, and a reason that stays the same."""
    try:
        method(request, timeout=10, metadata=key)
    except grpc.RpcError as error:
        info = error_details_pb2.ErrorInfo()
        for detail in rpc_status.from_call(error).details:
            if error.code() == code and detail.Unpack(info):
                return info.reason
    return "none"


# A key (or a token), which writing needs.
key = (("authorization", f"Bearer {os.environ['BOOKFINDER_KEY']}"),)
Code = grpc.StatusCode
wrong = search_pb2.SearchBooksRequest(page_size=1000)
print(f"error: {reason_of(books.SearchBooks, wrong, Code.INVALID_ARGUMENT)}")

# Create a book; the answer has its name and etag.
mine = edit_pb2.CreateBookRequest(book=book_pb2.Book(title="A Book of Mine"))
made = books.CreateBook(mine, timeout=10, metadata=key).book
print(f"created: {made.title}")
found = books.SearchBooks(
    search_pb2.SearchBooksRequest(query="a book of mine", page_size=1), timeout=10
)
print(f"found: {found.results[0].book.title}")


# Change it, if nobody else did since; with the old etag, the second change is refused.
def change(title):
    book = book_pb2.Book(name=made.name, etag=made.etag, title=title)
    return edit_pb2.UpdateBookRequest(book=book)


changed = books.UpdateBook(change("A Book of Ours"), timeout=10, metadata=key)
print(f"changed: {changed.book.title}")
print(f"conflict: {reason_of(books.UpdateBook, change('Mine alone'), Code.ABORTED)}")


# A stream to the server: batches, each written whole or not at all.
def batches():
    for title in ["First of a List", "Second of a List"]:
        row = import_pb2.ImportRow(book=book_pb2.Book(title=title))
        yield import_pb2.ImportBooksRequest(request_id="python", rows=[row])


summary = books.ImportBooks(batches(), timeout=60, metadata=key)
print(f"imported: {summary.created_count}")

books.DeleteBook(edit_pb2.DeleteBookRequest(name=made.name), timeout=10, metadata=key)
gone = book_service_pb2.GetBookRequest(name=made.name)
print(f"left: {reason_of(books.GetBook, gone, Code.NOT_FOUND)}")
