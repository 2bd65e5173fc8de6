namespace KanSharp.Interchange.Source;

/// <summary>What <see cref="SourceExport"/> writes.</summary>
public enum SourceLanguage
{
    /// <summary>One C# file, a static class without a dependency whose prediction allocates nothing; .NET 8 or later.</summary>
    CSharp,

    /// <summary>One C99 header that needs <c>math.h</c> alone and no heap; it compiles as C++ too.</summary>
    C,

    /// <summary>One Python module that needs NumPy alone and works on all rows at once.</summary>
    Python,

    /// <summary>One Python module with the results as SymPy expressions.</summary>
    SymPy,

    /// <summary>LaTeX: formulas, or the equations of the layers where edges are numeric.</summary>
    Latex,

    /// <summary>Presentation MathML: formulas, or the equations of the layers where edges are numeric.</summary>
    MathML,
}
