CREATE TABLE "students"."tries" (
	"try_id" uuid NOT NULL,
	"key" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "tries_key_try_id_pk" PRIMARY KEY("key","try_id")
);
