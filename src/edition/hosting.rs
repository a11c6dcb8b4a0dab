//! What hosts are told: headers, redirects, and the configurations of servers.
