namespace KanSharp.Plotting;

/// <summary>The range an axis shows and the places it marks.</summary>
/// <param name="Minimum">lower end</param>
/// <param name="Maximum">upper end, above the lower</param>
/// <param name="Major">labelled places, ascending</param>
/// <param name="Minor">unlabelled places between them</param>
/// <param name="Labels">one for each major place</param>
/// <param name="Multiplier">power of ten the labels leave out; 0 for none</param>
internal sealed record TickSet(
    double Minimum, double Maximum, IReadOnlyList<double> Major, IReadOnlyList<double> Minor, IReadOnlyList<TickLabel> Labels,
    int Multiplier = 0);
