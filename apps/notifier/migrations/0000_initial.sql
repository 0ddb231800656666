CREATE SCHEMA "notifier";
--> statement-breakpoint
CREATE TABLE "notifier"."classes" (
	"class_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"is_archived" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifier"."deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"exam_id" uuid NOT NULL,
	"exam_title" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now(),
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "deliveries_once" UNIQUE("person_id","kind","subject_id"),
	CONSTRAINT "deliveries_pending_is_due" CHECK (("notifier"."deliveries"."state" = 'pending') = ("notifier"."deliveries"."next_attempt_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "notifier"."exams" (
	"exam_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"times_revision" integer,
	"title" text NOT NULL,
	"class_id" uuid NOT NULL,
	"opens_at" timestamp with time zone,
	"closes_at" timestamp with time zone,
	"limit_seconds" integer,
	"is_cancelled" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifier"."inbox" (
	"consumer" text NOT NULL,
	"event_id" uuid NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_consumer_event_id_pk" PRIMARY KEY("consumer","event_id")
);
--> statement-breakpoint
CREATE TABLE "notifier"."members" (
	"class_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "members_class_id_person_id_pk" PRIMARY KEY("class_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "notifier"."messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"to" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "notifier"."outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"published_at" timestamp with time zone,
	CONSTRAINT "outbox_data_is_object" CHECK (jsonb_typeof("notifier"."outbox"."data") = 'object')
);
--> statement-breakpoint
CREATE TABLE "notifier"."parked_events" (
	"consumer" text NOT NULL,
	"event_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"failures" integer NOT NULL,
	"reason" text NOT NULL,
	"first_failed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_attempt_at" timestamp with time zone,
	CONSTRAINT "parked_events_consumer_event_id_pk" PRIMARY KEY("consumer","event_id")
);
--> statement-breakpoint
CREATE TABLE "notifier"."people" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"is_active" boolean NOT NULL
);
--> statement-breakpoint
CREATE INDEX "deliveries_exam" ON "notifier"."deliveries" USING btree ("exam_id","kind");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "notifier"."deliveries" USING btree ("next_attempt_at") WHERE "notifier"."deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "exams_class" ON "notifier"."exams" USING btree ("class_id");--> statement-breakpoint
CREATE INDEX "messages_person" ON "notifier"."messages" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "outbox_unpublished" ON "notifier"."outbox" USING btree ("occurred_at") WHERE "notifier"."outbox"."published_at" is null;--> statement-breakpoint
CREATE INDEX "parked_events_due" ON "notifier"."parked_events" USING btree ("next_attempt_at") WHERE "notifier"."parked_events"."next_attempt_at" is not null;