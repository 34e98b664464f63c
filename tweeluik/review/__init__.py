"""Who looked at what, and what they said of it: approvals over the very bytes that are to be published."""
