CREATE TABLE "notifier"."event_counts" (
	"step_seconds" integer NOT NULL,
	"begins_at" timestamp with time zone NOT NULL,
	"covered_seconds" double precision NOT NULL,
	"events" jsonb NOT NULL,
	CONSTRAINT "event_counts_step_seconds_begins_at_pk" PRIMARY KEY("step_seconds","begins_at")
);
