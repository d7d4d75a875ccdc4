//! Dates as libraries use them.
