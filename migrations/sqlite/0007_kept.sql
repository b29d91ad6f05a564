-- +goose Up
-- SQLite has no TRUNCATE; the step stands here so that both engines have the same steps.
SELECT 1;
