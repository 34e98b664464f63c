"""The public panel: pages, charts and downloads, made from the public record and nothing else."""
