package main

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// FerretDB's own metrics are internal to it, so what passes the door is counted here.
var (
	connections = prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "ferretdb_connections", Help: "Connections of clients that are open.",
	})
	requestSeconds = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "ferretdb_request_seconds", Help: "Seconds from a request to its answer, waiting for other writes included, by command.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5},
	}, []string{"command"})
)

func serveMetrics(address string) error {
	prometheus.MustRegister(connections, requestSeconds)
	doors := http.NewServeMux()
	doors.Handle("/metrics", promhttp.Handler())
	server := &http.Server{Addr: address, Handler: doors, ReadHeaderTimeout: 5 * time.Second}
	return server.ListenAndServe()
}

// The commands of a driver; a client could invent others without end.
var known = map[string]bool{
	"insert": true, "update": true, "delete": true, "findAndModify": true,
	"find": true, "getMore": true, "aggregate": true, "count": true, "distinct": true,
	"createIndexes": true, "listIndexes": true, "create": true, "drop": true, "listCollections": true,
	"hello": true, "isMaster": true, "ping": true, "buildInfo": true, "endSessions": true,
}

func countRequest(message []byte, startedAt time.Time) {
	command := commandOf(message)
	if !known[command] {
		command = "other"
	}
	requestSeconds.WithLabelValues(command).Observe(time.Since(startedAt).Seconds())
}
