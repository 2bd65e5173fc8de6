namespace KanSharp.Interpretation.Terms;

/// <summary>How wide one pass of the search is.</summary>
internal sealed record SearchEffort
{
    /// <summary>Factor by which one unit of cost weighs against the mean square error while candidates are screened, as a logarithm.</summary>
    public const double PricePerCost = 0.08;

    /// <summary>Squared sine of the angle below which columns count as collinear.</summary>
    public const double LeastAngle = 1e-5;

    /// <summary>Squared errors below this, relative to the target, are rounding.</summary>
    public const double Resolution = 1e-11;

    /// <summary>Rows on which candidates are screened.</summary>
    public int Rows { get; init; } = 256;

    public int Monomials { get; init; } = 1000;

    public int Factors { get; init; } = 12000;

    public int Terms { get; init; } = 60000;

    /// <summary>Cheapest functions of which products of two are terms.</summary>
    public int Paired { get; init; } = 120;

    /// <summary>Cheapest terms of which all pairs are tried.</summary>
    public int Pairs { get; init; } = 1200;

    /// <summary>Cheapest terms that go with functions whose inner constants are scanned.</summary>
    public int Scanned { get; init; } = 400;

    /// <summary>Cheapest terms that also enter multiplied by the target.</summary>
    public int Implicit { get; init; } = 300;

    /// <summary>Cheapest terms of which all triples are tried.</summary>
    public int Triples { get; init; } = 80;

    public int Beam { get; init; } = 200;

    /// <summary>Best single terms of the whole bank from which pairs and triples start.</summary>
    public int Wide { get; init; } = 300;

    /// <summary>Factors of a product of which all pairs are tried.</summary>
    public int Products { get; init; } = 1600;

    /// <summary>Candidates of one transform that are kept.</summary>
    public int Keep { get; init; } = 250;

    /// <summary>The effort that goes with a size of the bank.</summary>
    public static SearchEffort For(int terms)
    {
        var effort = new SearchEffort
        {
            Terms = terms,
            Factors = Math.Min(30_000, terms / 5),
            Monomials = Math.Clamp(terms / 20, 100, 1000),
        };
        return terms >= 20_000
            ? effort
            : effort with { Pairs = 250, Implicit = 80, Triples = 40, Beam = 60, Wide = 30, Products = 300, Paired = 30, Scanned = 60, Keep = 120 };
    }
}
