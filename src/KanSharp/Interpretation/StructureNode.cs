using System.Globalization;
using System.Text;

namespace KanSharp.Interpretation;

/// <summary>A part of the structure of a function.</summary>
/// <param name="Kind">How the children are put together.</param>
/// <param name="Variables">The variables below, ascending, numbered as in the rows.</param>
/// <param name="Score">The score with which the structure was accepted, 0 for exactly; 0 for leaves and where none was found.</param>
/// <param name="Children">One part per group of variables, none for a leaf.</param>
public sealed record StructureNode(StructureKind Kind, IReadOnlyList<int> Variables, double Score, IReadOnlyList<StructureNode> Children)
{
    /// <summary>What stands at the node in a picture.</summary>
    public string Label => Kind switch
    {
        StructureKind.Add => "+",
        StructureKind.Mul => "×",
        StructureKind.GeneralSeparability => "h(+)",
        StructureKind.Symmetry => "F",
        StructureKind.None => "?",
        _ => "",
    };

    /// <summary>The tree as indented lines, with names for the variables.</summary>
    /// <param name="names">Names of all variables of the rows; x1, x2, … if null.</param>
    public string Print(IReadOnlyList<string>? names = null)
    {
        var text = new StringBuilder();
        Print(text, "", names);
        return text.ToString();
    }

    /// <summary>The tree as indented lines.</summary>
    public override string ToString() => Print();

    private void Print(StringBuilder text, string indent, IReadOnlyList<string>? names)
    {
        string variables = string.Join(", ", Variables.Select(variable => names is null ? string.Create(CultureInfo.InvariantCulture, $"x{variable + 1}") : names[variable]));
        text.Append(indent);
        text.Append(Kind switch
        {
            StructureKind.Leaf => variables,
            StructureKind.Add => $"sum over ({variables})",
            StructureKind.Mul => $"product over ({variables})",
            StructureKind.GeneralSeparability => $"function of a sum over ({variables})",
            StructureKind.Symmetry => $"function of one number per part of ({variables})",
            _ => $"function of ({variables})",
        });
        text.Append('\n');
        foreach (StructureNode child in Children)
            child.Print(text, indent + "  ", names);
    }
}
