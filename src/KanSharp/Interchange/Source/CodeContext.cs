using KanSharp.Numerics;

namespace KanSharp.Interchange.Source;

/// <summary>The parts of a C# or C file while it is written.</summary>
internal sealed class CodeContext(CodeStyle style)
{
    private readonly HashSet<string> _known = [];

    /// <summary>What the language writes its own way.</summary>
    public CodeStyle Style => style;

    /// <summary>Tables.</summary>
    public SourceText Tables { get; } = new();

    /// <summary>Functions that others use.</summary>
    public SourceText Helpers { get; } = new();

    /// <summary>Functions of the steps.</summary>
    public SourceText Steps { get; } = new();

    /// <summary>Whether something is asked for the first time.</summary>
    public bool Needs(string helper) => _known.Add(helper);

    /// <summary>A function of an expression that is short enough to be written twice.</summary>
    public string Apply(Activation activation, string x)
    {
        switch (activation.Name)
        {
            case nameof(Activation.Identity):
                return x;
            case nameof(Activation.Zero):
                return style.Number(0);
            case nameof(Activation.Square):
                return $"{x} * {x}";
            case nameof(Activation.Tanh):
                return $"{style.Math("tanh")}({x})";
            case nameof(Activation.Sin):
                return $"{style.Math("sin")}({x})";
            case nameof(Activation.Exp):
                return $"{style.Math("exp")}({x})";
            default:
                CodeFunctions.Activation(this, activation);
                return $"{style.Id(activation.Name)}({x})";
        }
    }
}
