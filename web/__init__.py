"""The site: it shows what a process's history says, and sends in what people answer."""
