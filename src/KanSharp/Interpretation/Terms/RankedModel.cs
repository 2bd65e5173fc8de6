namespace KanSharp.Interpretation.Terms;

/// <summary>A candidate with its error on the training rows and its description length.</summary>
internal sealed record RankedModel(TermModel Model, double Rmse, double Length);
