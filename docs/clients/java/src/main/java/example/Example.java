package example;

import bookfinder.v1.BookServiceGrpc;
import bookfinder.v1.BookOuterClass.Book;
import bookfinder.v1.BookServiceOuterClass.GetBookRequest;
import bookfinder.v1.Edit.CreateBookRequest;
import bookfinder.v1.Edit.DeleteBookRequest;
import bookfinder.v1.Edit.UpdateBookRequest;
import bookfinder.v1.Export.ExportBooksRequest;
import bookfinder.v1.Import.ImportBooksRequest;
import bookfinder.v1.Import.ImportBooksResponse;
import bookfinder.v1.Import.ImportRow;
import bookfinder.v1.Match.MatchBooksRequest;
import bookfinder.v1.Match.MatchBooksResponse;
import bookfinder.v1.Search.SearchBooksRequest;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * BookFinder from Java with grpc-java. BOOKFINDER_KEY has a key or token;
 * GRPC_DEFAULT_SSL_ROOTS_FILE_PATH names a private authority.
 */
public class Example {
  public static void main(String[] args) throws Exception {
    var address = args[0].replaceFirst("^https?://", "");
    var channel = Grpc.newChannelBuilder(address, credentialsFor(args[0])).build();
    var books = BookServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);

    // Search.
    var rings = SearchBooksRequest.newBuilder().setQuery("lord of the rings").setPageSize(1).build();
    System.out.println("search: " + books.searchBooks(rings).getResults(0).getBook().getTitle());
    var hobbit = SearchBooksRequest.newBuilder().setQuery("tolkein hobit").setPageSize(1).build();
    System.out.println("corrected: " + books.searchBooks(hobbit).getResults(0).getBook().getTitle());

    // Page through.
    int pages = 0;
    String token = "";
    do {
      var request = SearchBooksRequest.newBuilder().setQuery("author:shakespeare").setPageSize(2);
      token = books.searchBooks(request.setPageToken(token).build()).getNextPageToken();
      pages++;
    } while (!token.isEmpty() && pages < 3);
    System.out.println("pages: " + pages);

    // A stream from the server. After an interruption, the resume token goes on behind the last book.
    int exported = 0;
    var export = books.exportBooks(ExportBooksRequest.newBuilder().setLimit(250).build());
    while (export.hasNext()) {
      export.next();
      exported++;
    }
    System.out.println("exported: " + exported);

    // Streams both ways.
    var done = new CountDownLatch(1);
    var rows = BookServiceGrpc.newStub(channel).matchBooks(printing(done));
    rows.onNext(
        MatchBooksRequest.newBuilder().setId("1").setTitle("The Hobbit").setAuthor("Tolkien, J. R. R.").build());
    rows.onNext(
        MatchBooksRequest.newBuilder()
            .setId("2")
            .setCitation("Austen, J. (1813). Pride and Prejudice. Egerton.")
            .build());
    rows.onCompleted();
    done.await(60, TimeUnit.SECONDS);

    // An error has a code, a sentence, and a reason that stays the same.
    var wrong = SearchBooksRequest.newBuilder().setPageSize(1000).build();
    System.out.println("error: " + reasonOf(() -> books.searchBooks(wrong)));

    // Create a book with a key (or a token) that may; the answer has its name and etag.
    var headers = new Metadata();
    var authorization = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    headers.put(authorization, "Bearer " + System.getenv("BOOKFINDER_KEY"));
    var withKey = MetadataUtils.newAttachHeadersInterceptor(headers);
    var editor = books.withInterceptors(withKey);
    var draft = Book.newBuilder().setTitle("A Book of Mine");
    var made = editor.createBook(CreateBookRequest.newBuilder().setBook(draft).build()).getBook();
    System.out.println("created: " + made.getTitle());
    var mine = SearchBooksRequest.newBuilder().setQuery("a book of mine").setPageSize(1).build();
    System.out.println("found: " + books.searchBooks(mine).getResults(0).getBook().getTitle());

    // Change it, if nobody else did since; with the old etag, the second change is refused.
    var change = Book.newBuilder().setName(made.getName()).setEtag(made.getEtag());
    var ours = UpdateBookRequest.newBuilder().setBook(change.setTitle("A Book of Ours")).build();
    System.out.println("changed: " + editor.updateBook(ours).getBook().getTitle());
    var alone = UpdateBookRequest.newBuilder().setBook(change.setTitle("Mine alone")).build();
    System.out.println("conflict: " + reasonOf(() -> editor.updateBook(alone)));

    // A stream to the server: batches, each written whole or not at all.
    var written = new CompletableFuture<ImportBooksResponse>();
    var list = BookServiceGrpc.newStub(channel).withInterceptors(withKey).importBooks(completing(written));
    for (var title : new String[] {"First of a List", "Second of a List"}) {
      var row = ImportRow.newBuilder().setBook(Book.newBuilder().setTitle(title));
      list.onNext(ImportBooksRequest.newBuilder().setRequestId("java").addRows(row).build());
    }
    list.onCompleted();
    System.out.println("imported: " + written.get(60, TimeUnit.SECONDS).getCreatedCount());

    editor.deleteBook(DeleteBookRequest.newBuilder().setName(made.getName()).build());
    var gone = GetBookRequest.newBuilder().setName(made.getName()).build();
    System.out.println("left: " + reasonOf(() -> books.getBook(gone)));
    channel.shutdown().awaitTermination(5, TimeUnit.SECONDS);
  }

  private static ChannelCredentials credentialsFor(String address) throws IOException {
    if (!address.startsWith("https://")) {
      return InsecureChannelCredentials.create();
    }
    var authority = System.getenv("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH");
    return authority == null
        ? TlsChannelCredentials.create()
        : TlsChannelCredentials.newBuilder().trustManager(new File(authority)).build();
  }

  private static String reasonOf(Runnable call) throws InvalidProtocolBufferException {
    try {
      call.run();
    } catch (StatusRuntimeException error) {
      for (Any detail : StatusProto.fromThrowable(error).getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class).getReason();
        }
      }
    }
    return "none";
  }

  private static <T> StreamObserver<T> completing(CompletableFuture<T> future) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T answer) {
        future.complete(answer);
      }

      @Override
      public void onError(Throwable error) {
        future.completeExceptionally(error);
      }

      @Override
      public void onCompleted() {}
    };
  }

  private static StreamObserver<MatchBooksResponse> printing(CountDownLatch done) {
    return new StreamObserver<>() {
      @Override
      public void onNext(MatchBooksResponse answer) {
        var verdict = answer.getVerdict().name().replace("VERDICT_", "");
        System.out.println("match: " + answer.getId() + " " + verdict);
      }

      @Override
      public void onError(Throwable error) {
        error.printStackTrace();
        done.countDown();
      }

      @Override
      public void onCompleted() {
        done.countDown();
      }
    };
  }
}
