// interface_members SOCKET: prints the types, methods and errors of io.pathwatch as the service describes them, one per line.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/varlink/go/varlink"
	"github.com/varlink/go/varlink/idl"
)

func describe(ctx context.Context, socket string) (*idl.IDL, error) {
	connection, err := varlink.NewConnection(ctx, "unix:"+socket)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	var interfaces []string
	if err := connection.GetInfo(ctx, nil, nil, nil, nil, &interfaces); err != nil {
		return nil, err
	}
	if len(interfaces) != 2 || interfaces[0] != "io.pathwatch" {
		return nil, fmt.Errorf("GetInfo names the interfaces %q", interfaces)
	}
	text, err := connection.GetInterfaceDescription(ctx, "io.pathwatch")
	if err != nil {
		return nil, err
	}
	return idl.New(text)
}

func main() {
	description, err := describe(context.Background(), os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "interface_members:", err)
		os.Exit(1)
	}
	for _, member := range description.Members {
		switch m := member.(type) {
		case *idl.Alias:
			fmt.Println("type", m.Name)
		case *idl.Method:
			fmt.Println("method", m.Name)
		case *idl.Error:
			fmt.Println("error", m.Name)
		}
	}
}
