"""The public record: what was published, as frozen types, as canonical JSON, and in the register."""
