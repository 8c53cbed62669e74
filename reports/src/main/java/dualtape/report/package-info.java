/**
 * Reports of measurements: tables, charts, files. Depends on {@code dualtape.bench}. The charts are written as SVG by
 * hand, since the libraries that draw them need the desktop's fonts, which a JRE without a desktop lacks. Start with
 * {@link dualtape.report.Report}.
 */
package dualtape.report;
