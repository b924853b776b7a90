package example;

import bookfinder.v1.BookServiceGrpc;
import bookfinder.v1.Export.ExportBooksRequest;
import bookfinder.v1.Match.MatchBooksRequest;
import bookfinder.v1.Match.MatchBooksResponse;
import bookfinder.v1.Search.SearchBooksRequest;
import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** BookFinder from Java with grpc-java. */
public class Example {
  public static void main(String[] args) throws Exception {
    var channel =
        Grpc.newChannelBuilder(args[0].replaceFirst("^http://", ""), InsecureChannelCredentials.create())
            .build();
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
    try {
      books.searchBooks(SearchBooksRequest.newBuilder().setPageSize(1000).build());
    } catch (StatusRuntimeException error) {
      for (Any detail : StatusProto.fromThrowable(error).getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          System.out.println("error: " + detail.unpack(ErrorInfo.class).getReason());
        }
      }
    }
    channel.shutdown().awaitTermination(5, TimeUnit.SECONDS);
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
