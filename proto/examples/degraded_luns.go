// degraded_luns [SOCKET]: prints the logical units that have lost paths, those without any path first.
//
// Needs the package github.com/varlink/go (Debian: golang-github-varlink-go-dev). With Debian's package:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run degraded_luns.go
package main

import (
	"context"
	"fmt"
	"os"
	"sort"

	"github.com/varlink/go/varlink"
)

// What we want to know of a logical unit; fields that are not named here are left out.
type lun struct {
	Wwid    string         `json:"wwid"`
	Vendor  string         `json:"vendor"`
	Product string         `json:"product"`
	Dm      string         `json:"dm"`
	Paths   map[string]int `json:"paths"` // by state, and "total" without removed ones
}

func (l lun) usable() int { return l.Paths["up"] + l.Paths["ghost"] }

func degraded(ctx context.Context, socket string) ([]lun, error) {
	connection, err := varlink.NewConnection(ctx, "unix:"+socket)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	var reply struct {
		Luns []lun `json:"luns"`
	}
	// An error that pathwatchd answers with is a *varlink.Error; its text is the name of the error.
	if err := connection.Call(ctx, "io.pathwatch.ListLuns", struct{}{}, &reply); err != nil {
		return nil, err
	}
	var found []lun
	for _, l := range reply.Luns {
		if l.usable() < l.Paths["total"] {
			found = append(found, l)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].usable() < found[j].usable() })
	return found, nil
}

func main() {
	socket := "/run/pathwatch/io.pathwatch"
	if len(os.Args) > 1 {
		socket = os.Args[1]
	}
	luns, err := degraded(context.Background(), socket)
	if err != nil {
		fmt.Fprintln(os.Stderr, "degraded_luns:", err)
		os.Exit(1)
	}
	for _, l := range luns {
		fmt.Printf("%s %s %s/%s: %d of %d paths usable\n", l.Wwid, l.Dm, l.Vendor, l.Product, l.usable(), l.Paths["total"])
	}
}
