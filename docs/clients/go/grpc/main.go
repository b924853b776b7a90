// BookFinder from Go with grpc-go. BOOKFINDER_KEY has a key or token; SSL_CERT_FILE names a private
// authority of an https address.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	bookfinder "example.org/bookfinder/gen/bookfinder/v1"
)

func main() {
	security, address := insecure.NewCredentials(), strings.TrimPrefix(os.Args[1], "http://")
	if strings.HasPrefix(address, "https://") {
		security, address = credentials.NewClientTLSFromCert(nil, ""), strings.TrimPrefix(address, "https://")
	}
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(security))
	check(err)
	defer conn.Close()
	books := bookfinder.NewBookServiceClient(conn)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	// Search.
	found, err := books.SearchBooks(ctx, &bookfinder.SearchBooksRequest{Query: "lord of the rings", PageSize: 1})
	check(err)
	fmt.Println("search:", found.Results[0].Book.Title)
	found, err = books.SearchBooks(ctx, &bookfinder.SearchBooksRequest{Query: "tolkein hobit", PageSize: 1})
	check(err)
	fmt.Println("corrected:", found.Results[0].Book.Title)

	// Page through.
	pages, token := 0, ""
	for pages == 0 || (token != "" && pages < 3) {
		page, err := books.SearchBooks(ctx, &bookfinder.SearchBooksRequest{
			Query: "author:shakespeare", PageSize: 2, PageToken: token,
		})
		check(err)
		pages, token = pages+1, page.NextPageToken
	}
	fmt.Println("pages:", pages)

	// A stream from the server. After an interruption, ResumeToken goes on behind the last book.
	export, err := books.ExportBooks(ctx, &bookfinder.ExportBooksRequest{Limit: 250})
	check(err)
	exported := 0
	for {
		_, err := export.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		check(err)
		exported++
	}
	fmt.Println("exported:", exported)

	// Streams both ways.
	match, err := books.MatchBooks(ctx)
	check(err)
	check(match.Send(&bookfinder.MatchBooksRequest{Id: "1", Title: "The Hobbit", Author: "Tolkien, J. R. R."}))
	check(match.Send(&bookfinder.MatchBooksRequest{Id: "2", Citation: "Austen, J. (1813). Pride and Prejudice. Egerton."}))
	check(match.CloseSend())
	for {
		answer, err := match.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		check(err)
		fmt.Println("match:", answer.Id, strings.TrimPrefix(answer.Verdict.String(), "VERDICT_"))
	}

	// An error has a code, a sentence, and a reason that stays the same.
	_, err = books.SearchBooks(ctx, &bookfinder.SearchBooksRequest{PageSize: 1000})
	fmt.Println("error:", reasonOf(err, codes.InvalidArgument))

	// Create a book with a key (or a token) that may; the answer has its name and etag.
	ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+os.Getenv("BOOKFINDER_KEY"))
	created, err := books.CreateBook(ctx, &bookfinder.CreateBookRequest{Book: &bookfinder.Book{Title: "A Book of Mine"}})
	check(err)
	made := created.Book
	fmt.Println("created:", made.Title)
	found, err = books.SearchBooks(ctx, &bookfinder.SearchBooksRequest{Query: "a book of mine", PageSize: 1})
	check(err)
	fmt.Println("found:", found.Results[0].Book.Title)

	// Change it, if nobody else did since; with the old etag, the second change is refused.
	change := func(title string) (*bookfinder.UpdateBookResponse, error) {
		return books.UpdateBook(ctx, &bookfinder.UpdateBookRequest{
			Book: &bookfinder.Book{Name: made.Name, Etag: made.Etag, Title: title},
		})
	}
	changed, err := change("A Book of Ours")
	check(err)
	fmt.Println("changed:", changed.Book.Title)
	_, err = change("Mine alone")
	fmt.Println("conflict:", reasonOf(err, codes.Aborted))

	// A stream to the server: batches, each written whole or not at all.
	list, err := books.ImportBooks(ctx)
	check(err)
	for _, title := range []string{"First of a List", "Second of a List"} {
		row := &bookfinder.ImportRow{Book: &bookfinder.Book{Title: title}}
		check(list.Send(&bookfinder.ImportBooksRequest{RequestId: "grpc-go", Rows: []*bookfinder.ImportRow{row}}))
	}
	summary, err := list.CloseAndRecv()
	check(err)
	fmt.Println("imported:", summary.CreatedCount)

	_, err = books.DeleteBook(ctx, &bookfinder.DeleteBookRequest{Name: made.Name})
	check(err)
	_, err = books.GetBook(ctx, &bookfinder.GetBookRequest{Name: made.Name})
	fmt.Println("left:", reasonOf(err, codes.NotFound))
}

func reasonOf(err error, code codes.Code) string {
	failure := status.Convert(err)
	for _, detail := range failure.Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok && failure.Code() == code {
			return info.Reason
		}
	}
	return failure.String()
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
