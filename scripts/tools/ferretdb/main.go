// Command ferretdb speaks MongoDB's wire protocol and keeps its documents in PostgreSQL: a real server to develop and test the
// quiz store with where MongoDB itself is not to be had. The project's own command expects files of its release builds.
package main

import (
	"context"
	"flag"
	"log"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:27017", "address to listen on")
	postgresqlURL := flag.String("postgresql-url", "", "PostgreSQL database that holds the documents")
	sqliteURL := flag.String("sqlite-url", "", "folder of files that hold them instead: file:/data/")
	metrics := flag.String("metrics", "", "address of /metrics; none without it")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	store := ferretdb.Config{Handler: "postgresql", PostgreSQLURL: *postgresqlURL}
	if *sqliteURL != "" {
		store = ferretdb.Config{Handler: "sqlite", SQLiteURL: *sqliteURL}
	}
	if *metrics != "" {
		go func() { log.Fatal(serveMetrics(*metrics)) }()
	}
	if err := run(ctx, *listen, store); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, listen string, config ferretdb.Config) error {
	folder, err := os.MkdirTemp("", "ferretdb-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	socket := filepath.Join(folder, "socket")
	config.Listener = ferretdb.ListenerConfig{Unix: socket}
	server, err := ferretdb.New(&config)
	if err != nil {
		return err
	}
	door, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	go oneWriteAtATime(door, socket)
	defer door.Close()
	return server.Run(ctx)
}
