using System.Text;
using System.Text.Json;
using KanSharp.Bases;

namespace KanSharp.Interchange;

/// <summary>The family of a layer's functions as JSON: "kind" and what the family is made of.</summary>
internal static class BasisJson
{
    public static void Write(Utf8JsonWriter json, BasisOptions basis)
    {
        json.WriteString("kind", basis.Family);
        switch (basis)
        {
            case BSplineOptions spline:
                json.WriteNumber("degree", spline.Degree);
                json.WriteNumber("intervals", spline.Intervals);
                WriteRange(json, spline.Low, spline.High);
                json.WriteString("outside", spline.Outside == OutsideGrid.Zero ? "zero" : "linear");
                break;
            case GaussianOptions gaussian:
                json.WriteNumber("centers", gaussian.Centers);
                WriteRange(json, gaussian.Low, gaussian.High);
                if (gaussian.Width is double width)
                    json.WriteNumber("width", width);
                break;
            case Sech2Options bells:
                json.WriteNumber("centers", bells.Centers);
                WriteRange(json, bells.Low, bells.High);
                if (bells.InverseWidth is double inverse)
                    json.WriteNumber("inverse_width", inverse);
                json.WriteBoolean("train_centers", bells.TrainCenters);
                json.WriteBoolean("train_width", bells.TrainWidth);
                break;
            case ReluBumpOptions bumps:
                json.WriteNumber("intervals", bumps.Intervals);
                json.WriteNumber("span", bumps.Span);
                WriteRange(json, bumps.Low, bumps.High);
                json.WriteNumber("power", bumps.Power);
                json.WriteBoolean("train_phases", bumps.TrainPhases);
                json.WriteBoolean("constant_height", bumps.ConstantHeight);
                break;
            case SplineGaussianOptions both:
                json.WriteNumber("intervals", both.Intervals);
                json.WriteNumber("degree", both.Degree);
                WriteRange(json, both.Low, both.High);
                break;
            case PolynomialOptions polynomial:
                json.WriteNumber("degree", polynomial.Degree);
                json.WriteNumber("alpha", polynomial.Alpha);
                json.WriteNumber("beta", polynomial.Beta);
                break;
            case GramOptions gram:
                json.WriteNumber("degree", gram.Degree);
                break;
            case FourierOptions fourier:
                json.WriteNumber("frequencies", fourier.Frequencies);
                json.WriteNumber("frequency", fourier.Frequency);
                json.WriteBoolean("damped_start", fourier.DampedStart);
                break;
            case SineOptions sine:
                json.WriteNumber("frequencies", sine.Frequencies);
                json.WriteBoolean("is_first", sine.IsFirst);
                break;
            case RationalOptions rational:
                json.WriteNumber("groups", rational.Groups);
                json.WriteString("start", Name(rational.Start));
                break;
            case WaveletOptions wavelet:
                json.WriteString("wavelet", Name(wavelet.Kind));
                json.WriteBoolean("published_form", wavelet.PublishedForm);
                break;
            default:
                throw new NotSupportedException($"A model file can not describe functions of family '{basis.Family}'.");
        }
    }

    /// <exception cref="FormatException">The family is unknown.</exception>
    public static BasisOptions Read(JsonElement element)
    {
        string kind = ModelSpecJson.Text(element, "kind");
        int Count(string name) => element.GetProperty(name).GetInt32();
        double Number(string name) => element.GetProperty(name).GetDouble();
        double? Optional(string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;
        bool Flag(string name) => element.GetProperty(name).GetBoolean();
        return kind switch
        {
            "b-spline" => new BSplineOptions { Degree = Count("degree"), Intervals = Count("intervals"), Low = Number("low"), High = Number("high"), Outside = OutsideOf(element) },
            "gaussian" => new GaussianOptions { Centers = Count("centers"), Low = Number("low"), High = Number("high"), Width = Optional("width") },
            "sech2" => new Sech2Options
            {
                Centers = Count("centers"),
                Low = Number("low"),
                High = Number("high"),
                InverseWidth = Optional("inverse_width"),
                TrainCenters = Flag("train_centers"),
                TrainWidth = Flag("train_width"),
            },
            "relu" => new ReluBumpOptions
            {
                Intervals = Count("intervals"),
                Span = Count("span"),
                Low = Number("low"),
                High = Number("high"),
                Power = Count("power"),
                TrainPhases = Flag("train_phases"),
                ConstantHeight = Flag("constant_height"),
            },
            "spline-gaussian" => new SplineGaussianOptions { Intervals = Count("intervals"), Degree = Count("degree"), Low = Number("low"), High = Number("high") },
            "gram" => new GramOptions { Degree = Count("degree") },
            "fourier" => new FourierOptions { Frequencies = Count("frequencies"), Frequency = Number("frequency"), DampedStart = Flag("damped_start") },
            "sine" => new SineOptions { Frequencies = Count("frequencies"), IsFirst = Flag("is_first") },
            "rational" => new RationalOptions { Groups = Count("groups"), Start = Value<RationalStart>(element, "start") },
            "wavelet" => new WaveletOptions { Kind = Value<WaveletKind>(element, "wavelet"), PublishedForm = Flag("published_form") },
            _ when Enum.GetValues<PolynomialKind>().Any(value => Name(value) == kind) =>
                new PolynomialOptions { Kind = Value<PolynomialKind>(element, "kind"), Degree = Count("degree"), Alpha = Number("alpha"), Beta = Number("beta") },
            _ => throw new FormatException($"basis '{kind}' is unknown"),
        };
    }

    /// <summary>A value as words with hyphens: LayerNorm is layer-norm.</summary>
    public static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var text = new StringBuilder();
        foreach (char letter in value.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    /// <summary>A property that holds what <see cref="Name"/> gives; the first value where it is missing.</summary>
    /// <exception cref="FormatException">No value has that name.</exception>
    public static TEnum Value<TEnum>(JsonElement element, string property)
        where TEnum : struct, Enum
    {
        if (!element.TryGetProperty(property, out JsonElement text))
            return default;
        foreach (TEnum value in Enum.GetValues<TEnum>())
        {
            if (text.GetString() == Name(value))
                return value;
        }

        throw new FormatException($"{property} is '{text}'; known are {string.Join(", ", Enum.GetValues<TEnum>().Select(Name))}");
    }

    private static void WriteRange(Utf8JsonWriter json, double low, double high)
    {
        json.WriteNumber("low", low);
        json.WriteNumber("high", high);
    }

    private static OutsideGrid OutsideOf(JsonElement element)
    {
        string outside = ModelSpecJson.Text(element, "outside");
        return outside switch
        {
            "zero" => OutsideGrid.Zero,
            "linear" => OutsideGrid.Linear,
            _ => throw new FormatException($"outside is '{outside}'; known are 'linear' and 'zero'"),
        };
    }
}
