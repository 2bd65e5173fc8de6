using KanSharp.Cli.Fitting;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Interchange.Source;

namespace KanSharp.Cli.Exports;

/// <summary>Writes source code, formulas and named tensors.</summary>
internal static class TextTargets
{
    /// <summary>Source in a language.</summary>
    public static Action<ExportRequest> Source(SourceLanguage language) => request =>
        SourceExport.Save(request.File, SourceTargets.Source(request.Path, language, new SourceOptions { Name = request.Name ?? new SourceOptions().Name, Single = request.Numbers == "f32" }));

    /// <summary>A C header of integers, whose tables cover the ranges of the columns of a table.</summary>
    public static void FixedPoint(ExportRequest request)
    {
        if (request.Data is null)
            throw UserErrorException.Usage("--data CSV is missing: the tables of --to fixed-point cover the ranges of its columns");
        IReadOnlyList<(double Low, double High)> ranges = Ranges(request, FitInput.Read(request.Data, request.Reading));
        var options = new FixedPointOptions { Name = request.Name ?? new SourceOptions().Name, Ranges = ranges };
        FixedPointSource source = SourceTargets.FixedPoint(request.Path, request.TableBits is int bits ? options with { TableBits = bits } : options);
        SourceExport.Save(request.File, source.Text);
        request.Note(FormattableString.Invariant($"{source.TableBytes} bytes of tables; inputs have {source.InputFraction} bits after the point, results {source.OutputFraction}"));
        request.Note(FormattableString.Invariant($"within the ranges results are at most {string.Join(", ", source.ErrorBounds.Select(bound => FormattableString.Invariant($"{bound:G2}")))} off the model"));
        if (request.Path.Load<double>().Classes.Count > 0)
            request.Note("results are logits, not probabilities; the header has a function that gives the class");
    }

    /// <summary>Tensors with the names of a Python implementation; pykan's configuration lies beside them.</summary>
    public static Action<ExportRequest> Tensors(bool pykan) => request =>
    {
        PublishedModel model = SourceTargets.Tensors(request.Path, pykan);
        model.Tensors.Save(request.File);
        if (model.Config is not null)
        {
            string config = Path.ChangeExtension(request.File, null) + "_config.yml";
            OutputFile.NotAnInput(config, "the configuration", request.Model);
            OutputFile.Write(config, model.Config);
            request.Note($"the configuration is in {config}");
        }

        foreach (string note in model.Notes)
            request.Note(note);
        if (request.Path.Info.IsTabular)
            request.Note("tensors hold the network alone: scale the columns as kan inspect says");
    };

    private static IReadOnlyList<(double Low, double High)> Ranges(ExportRequest request, Table table)
    {
        if (!request.Path.Info.IsTabular)
            throw new UserErrorException("--to fixed-point takes the model of a table: a bare network has no names for the columns of --data");
        Training.TabularModel<double> model = request.Path.Load<double>();
        double[] rows = model.Encoding.EncodeFeatures<double>(table, out _);
        int width = model.Encoding.Inputs;
        if (rows.Length == 0)
            throw new UserErrorException($"{request.Data} has no rows; the tables need the ranges of the columns");
        return
        [
            .. Enumerable.Range(0, width).Select(column =>
            {
                IEnumerable<double> values = Enumerable.Range(0, rows.Length / width).Select(row => rows[(row * width) + column]);
                (double low, double high) = (values.Min(), values.Max());
                return low < high ? (low, high) : (low - 1, high + 1);
            }),
        ];
    }
}
