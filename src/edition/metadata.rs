//! What machines read: the head of each page, structured data, feeds, sitemaps, robots.txt.
