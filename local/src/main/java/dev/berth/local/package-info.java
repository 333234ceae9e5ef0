/** Placeholder paragraph: replaced by the first class that lives here. */
package dev.berth.local;
