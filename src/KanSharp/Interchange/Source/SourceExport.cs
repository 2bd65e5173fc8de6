using System.Numerics;
using KanSharp.Data;
using KanSharp.Interchange.Lowering;
using KanSharp.Layers;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interchange.Source;

/// <summary>
/// Models as source that runs without this library. Code in C#, C and Python computes what the model predicts, in original units and with probabilities for classes, up to
/// rounding; every number is written so that it reads back the same. See docs/source-export.md.
/// </summary>
public static class SourceExport
{
    /// <summary>Source of a network; its columns are x1, x2, … and its results y, or y1, y2, ….</summary>
    /// <param name="network">A <c>KanNetwork</c> or an <c>Mlp</c>.</param>
    /// <param name="language">What is written.</param>
    /// <param name="options">Names and precision; the defaults if null.</param>
    /// <exception cref="NotSupportedException">The model has a part or a number that the language can not express; the message names it.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static string Write<T>(Module<T> network, SourceLanguage language, SourceOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Write((IsFormula(language) ? FormulaModels.Of(network) : null) ?? ModelLowering.Of(network), language, options);

    /// <summary>Source of a model for tables, from encoded features in original units to targets in original units or probabilities.</summary>
    /// <param name="model">The model.</param>
    /// <param name="language">What is written.</param>
    /// <param name="options">Names and precision; the defaults if null.</param>
    /// <exception cref="NotSupportedException">The model has a part or a number that the language can not express; the message names it.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static string Write<T>(TabularModel<T> model, SourceLanguage language, SourceOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Write((IsFormula(language) ? FormulaModels.Of(model) : null) ?? ModelLowering.Of(model), language, options);

    /// <summary>Source of formulas of named columns.</summary>
    /// <param name="variables">Names of all columns of a row, in their order.</param>
    /// <param name="results">Formulas by name of the result.</param>
    /// <param name="language">What is written.</param>
    /// <param name="options">Names and precision; the defaults if null.</param>
    /// <exception cref="NotSupportedException">The model has a part or a number that the language can not express; the message names it.</exception>
    /// <exception cref="ArgumentException">An option is out of its range, or a formula has a variable that is no column.</exception>
    public static string Write(
        IReadOnlyList<string> variables, IReadOnlyList<(string Name, Expression Formula)> results, SourceLanguage language, SourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(results);
        return Write(ModelLowering.Of(variables, results), language, options);
    }

    /// <summary>A C99 header of a network that predicts with 32-bit integers and tables, for processors without floating point.</summary>
    /// <param name="network">A <c>KanNetwork</c> without product nodes and layer normalisation, or an <c>Mlp</c>.</param>
    /// <param name="options">Ranges of the inputs, and sizes.</param>
    /// <exception cref="NotSupportedException">The model has a part that is no sum of functions of one number; the message names it.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static FixedPointSource WriteFixedPoint<T>(Module<T> network, FixedPointOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        return FixedPointWriter.Write(ModelLowering.Of(network), options);
    }

    /// <summary>The same of a model for tables; a classifier gives its outputs before they become probabilities.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Ranges of the inputs in original units, and sizes.</param>
    /// <exception cref="NotSupportedException">The model has a part that is no sum of functions of one number; the message names it.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static FixedPointSource WriteFixedPoint<T>(TabularModel<T> model, FixedPointOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        return FixedPointWriter.Write(ModelLowering.Of(model), options);
    }

    /// <summary>Writes source to a file, atomically, in UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">What <see cref="Write{T}(Module{T}, SourceLanguage, SourceOptions?)"/> gave.</param>
    public static void Save(string path, string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(source);
        AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(source)));
    }

    /// <summary>Source of a lowered model.</summary>
    internal static string Write(LoweredModel model, SourceLanguage language, SourceOptions? options = null)
    {
        options ??= new SourceOptions();
        options.Validate();
        return language switch
        {
            SourceLanguage.CSharp => SharpSource.Write(model, options),
            SourceLanguage.C => HeaderSource.Write(model, options),
            SourceLanguage.Python => NumPySource.Write(model, options),
            SourceLanguage.SymPy => SymPySource.Write(model),
            SourceLanguage.Latex => EquationSource.Write(model, options, latex: true),
            SourceLanguage.MathML => EquationSource.Write(model, options, latex: false),
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, $"The languages are {string.Join(", ", Enum.GetNames<SourceLanguage>())}."),
        };
    }

    private static bool IsFormula(SourceLanguage language) => language is SourceLanguage.SymPy or SourceLanguage.Latex or SourceLanguage.MathML;
}
