namespace KanSharp.Interpretation;

/// <summary>Where a <see cref="TermSearch"/> stands.</summary>
/// <param name="Stage">What has just been done, in words.</param>
/// <param name="Elapsed">Time since the search began.</param>
/// <param name="Best">The best formula so far, as text; null before the first.</param>
/// <param name="Rmse">Its root mean square error on the training rows; NaN before the first.</param>
public readonly record struct TermSearchProgress(string Stage, TimeSpan Elapsed, string? Best, double Rmse);
