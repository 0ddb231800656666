package main

import (
	"encoding/binary"
	"io"
	"net"
	"sync"
	"time"
)

// FerretDB 1.24 finds a document and writes it in two steps: of two who replace the same revision, both may succeed. With
// MongoDB one document is atomic, and the quiz store relies on it. So writes pass one at a time here.
var writing sync.Mutex

const (
	headerBytes  = 16
	opMsg        = 2013
	longestBytes = 48_000_000
)

func oneWriteAtATime(door net.Listener, socket string) {
	for {
		client, err := door.Accept()
		if err != nil {
			return
		}
		go serve(client, socket)
	}
}

// serve passes one connection on: request, answer, request, answer, as drivers speak.
func serve(client net.Conn, socket string) {
	defer client.Close()
	connections.Inc()
	defer connections.Dec()
	server, err := net.Dial("unix", socket)
	if err != nil {
		return
	}
	defer server.Close()
	for {
		request, err := readMessage(client)
		if err != nil || exchange(client, server, request) != nil {
			return
		}
	}
}

func exchange(client, server net.Conn, request []byte) error {
	defer countRequest(request, time.Now())
	if writes[commandOf(request)] {
		writing.Lock()
		defer writing.Unlock()
	}
	if _, err := server.Write(request); err != nil {
		return err
	}
	answer, err := readMessage(server)
	if err != nil {
		return err
	}
	_, err = client.Write(answer)
	return err
}

// readMessage reads a whole message of the wire protocol: its length in bytes comes first, little end first.
func readMessage(from io.Reader) ([]byte, error) {
	head := make([]byte, headerBytes)
	if _, err := io.ReadFull(from, head); err != nil {
		return nil, err
	}
	length := int(binary.LittleEndian.Uint32(head))
	if length < headerBytes || length > longestBytes {
		return nil, io.ErrUnexpectedEOF
	}
	message := append(head, make([]byte, length-headerBytes)...)
	_, err := io.ReadFull(from, message[headerBytes:])
	return message, err
}

var writes = map[string]bool{"insert": true, "update": true, "delete": true, "findAndModify": true}

// commandOf looks for the command's name, which is the first member of the first section's document: after the header come four
// bytes of flags, one of the section's kind, four of the document's length, one of the member's type, then the name.
func commandOf(message []byte) string {
	const kindAt = headerBytes + 4
	const nameAt = kindAt + 1 + 4 + 1
	if binary.LittleEndian.Uint32(message[12:]) != opMsg || len(message) <= nameAt || message[kindAt] != 0 {
		return ""
	}
	for end := nameAt; end < len(message); end++ {
		if message[end] == 0 {
			return string(message[nameAt:end])
		}
	}
	return ""
}
