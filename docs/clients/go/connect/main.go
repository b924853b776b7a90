// BookFinder from Go with connect-go. BOOKFINDER_KEY has a key or token; SSL_CERT_FILE names a private
// authority of an https address.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/genproto/googleapis/rpc/errdetails"

	bookfinder "example.org/bookfinder/gen/bookfinder/v1"
	"example.org/bookfinder/gen/bookfinder/v1/bookfinderv1connect"
)

func main() {
	client := http.DefaultClient
	if strings.HasPrefix(os.Args[1], "http://") {
		// HTTP/2 without TLS, which streams both ways need.
		protocols := new(http.Protocols)
		protocols.SetUnencryptedHTTP2(true)
		client = &http.Client{Transport: &http.Transport{Protocols: protocols}}
	}
	books := bookfinderv1connect.NewBookServiceClient(client, os.Args[1])
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	// Search.
	found, err := books.SearchBooks(ctx, connect.NewRequest(&bookfinder.SearchBooksRequest{Query: "lord of the rings", PageSize: 1}))
	check(err)
	fmt.Println("search:", found.Msg.Results[0].Book.Title)
	found, err = books.SearchBooks(ctx, connect.NewRequest(&bookfinder.SearchBooksRequest{Query: "tolkein hobit", PageSize: 1}))
	check(err)
	fmt.Println("corrected:", found.Msg.Results[0].Book.Title)

	// Page through.
	pages, token := 0, ""
	for pages == 0 || (token != "" && pages < 3) {
		page, err := books.SearchBooks(ctx, connect.NewRequest(&bookfinder.SearchBooksRequest{
			Query: "author:shakespeare", PageSize: 2, PageToken: token,
		}))
		check(err)
		pages, token = pages+1, page.Msg.NextPageToken
	}
	fmt.Println("pages:", pages)

	// A stream from the server. After an interruption, ResumeToken goes on behind the last book.
	export, err := books.ExportBooks(ctx, connect.NewRequest(&bookfinder.ExportBooksRequest{Limit: 250}))
	check(err)
	exported := 0
	for export.Receive() {
		exported++
	}
	check(export.Err())
	fmt.Println("exported:", exported)

	// Streams both ways.
	match := books.MatchBooks(ctx)
	check(match.Send(&bookfinder.MatchBooksRequest{Id: "1", Title: "The Hobbit", Author: "Tolkien, J. R. R."}))
	check(match.Send(&bookfinder.MatchBooksRequest{Id: "2", Citation: "Austen, J. (1813). Pride and Prejudice. Egerton."}))
	check(match.CloseRequest())
	for {
		answer, err := match.Receive()
		if errors.Is(err, io.EOF) {
			break
		}
		check(err)
		fmt.Println("match:", answer.Id, strings.TrimPrefix(answer.Verdict.String(), "VERDICT_"))
	}

	// An error has a code, a sentence, and a reason that stays the same.
	_, err = books.SearchBooks(ctx, connect.NewRequest(&bookfinder.SearchBooksRequest{PageSize: 1000}))
	fmt.Println("error:", reasonOf(err, connect.CodeInvalidArgument))

	// Create a book with a key (or a token) that may; the answer has its name and etag.
	created, err := books.CreateBook(ctx, withKey(&bookfinder.CreateBookRequest{Book: &bookfinder.Book{Title: "A Book of Mine"}}))
	check(err)
	made := created.Msg.Book
	fmt.Println("created:", made.Title)
	found, err = books.SearchBooks(ctx, connect.NewRequest(&bookfinder.SearchBooksRequest{Query: "a book of mine", PageSize: 1}))
	check(err)
	fmt.Println("found:", found.Msg.Results[0].Book.Title)

	// Change it, if nobody else did since; with the old etag, the second change is refused.
	change := func(title string) (*connect.Response[bookfinder.UpdateBookResponse], error) {
		return books.UpdateBook(ctx, withKey(&bookfinder.UpdateBookRequest{
			Book: &bookfinder.Book{Name: made.Name, Etag: made.Etag, Title: title},
		}))
	}
	changed, err := change("A Book of Ours")
	check(err)
	fmt.Println("changed:", changed.Msg.Book.Title)
	_, err = change("Mine alone")
	fmt.Println("conflict:", reasonOf(err, connect.CodeAborted))

	// A stream to the server: batches, each written whole or not at all.
	list := books.ImportBooks(ctx)
	list.RequestHeader().Set("authorization", bearer)
	for _, title := range []string{"First of a List", "Second of a List"} {
		row := &bookfinder.ImportRow{Book: &bookfinder.Book{Title: title}}
		check(list.Send(&bookfinder.ImportBooksRequest{RequestId: "connect-go", Rows: []*bookfinder.ImportRow{row}}))
	}
	summary, err := list.CloseAndReceive()
	check(err)
	fmt.Println("imported:", summary.Msg.CreatedCount)

	_, err = books.DeleteBook(ctx, withKey(&bookfinder.DeleteBookRequest{Name: made.Name}))
	check(err)
	_, err = books.GetBook(ctx, connect.NewRequest(&bookfinder.GetBookRequest{Name: made.Name}))
	fmt.Println("left:", reasonOf(err, connect.CodeNotFound))
}

var bearer = "Bearer " + os.Getenv("BOOKFINDER_KEY")

func withKey[T any](message *T) *connect.Request[T] {
	request := connect.NewRequest(message)
	request.Header().Set("authorization", bearer)
	return request
}

func reasonOf(err error, code connect.Code) string {
	failure := new(connect.Error)
	if !errors.As(err, &failure) || failure.Code() != code {
		return fmt.Sprint(err)
	}
	for _, detail := range failure.Details() {
		if value, err := detail.Value(); err == nil {
			if info, ok := value.(*errdetails.ErrorInfo); ok {
				return info.Reason
			}
		}
	}
	return failure.Message()
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
