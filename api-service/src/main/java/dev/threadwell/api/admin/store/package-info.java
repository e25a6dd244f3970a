/**
 * What the administration stores, through Hibernate Reactive. Whatever a request changes, its audit
 * entries, and the news for the other nodes are one transaction.
 */
@NullMarked
package dev.threadwell.api.admin.store;

import org.jspecify.annotations.NullMarked;
