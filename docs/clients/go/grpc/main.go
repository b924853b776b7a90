// BookFinder from Go with grpc-go.
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
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	bookfinder "example.org/bookfinder/gen/bookfinder/v1"
)

func main() {
	address := strings.TrimPrefix(os.Args[1], "http://")
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
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
	if failure := status.Convert(err); failure.Code() == codes.InvalidArgument {
		for _, detail := range failure.Details() {
			if info, ok := detail.(*errdetails.ErrorInfo); ok {
				fmt.Println("error:", info.Reason)
			}
		}
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
