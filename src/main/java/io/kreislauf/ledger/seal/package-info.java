/** Tamper evidence: a Merkle tree (RFC 6962) over the entries, signed heads, and proofs that can be verified offline. */
package io.kreislauf.ledger.seal;
