// BookFinder from Go with connect-go.
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
	// HTTP/2 without TLS, which streams both ways need; with TLS, http.DefaultClient will do.
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	client := &http.Client{Transport: &http.Transport{Protocols: protocols}}
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
	if failure := new(connect.Error); errors.As(err, &failure) && failure.Code() == connect.CodeInvalidArgument {
		for _, detail := range failure.Details() {
			if value, err := detail.Value(); err == nil {
				if info, ok := value.(*errdetails.ErrorInfo); ok {
					fmt.Println("error:", info.Reason)
				}
			}
		}
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
