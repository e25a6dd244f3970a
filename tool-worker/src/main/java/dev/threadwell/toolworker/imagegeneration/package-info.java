/** The tools that make pictures: image_generation and text_to_image. */
@NullMarked
package dev.threadwell.toolworker.imagegeneration;

import org.jspecify.annotations.NullMarked;
