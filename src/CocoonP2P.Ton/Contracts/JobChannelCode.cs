namespace CocoonP2P.Ton.Contracts;

/// <summary>The compiled JobChannel contract, pinned: a channel's address is the hash of this code and its terms.</summary>
/// <remarks>Written by 'npm run compile' in tests/contracts from src/contracts/job_channel.tolk; 'npm run check' compares.</remarks>
internal static class JobChannelCode
{
    /// <summary>Hash of the code's root cell, lower-case hex.</summary>
    public const string HashHex = "346522e66dae8ad5dc0469d6165542e120a6a355498cde3cc41fea787c452066";

    /// <summary>The code as a bag of cells, base64.</summary>
    public const string BocBase64 =
        "te6ccgECFgEAB0EAART/APSkE/S88sgLAQIBYgIDBFLQ+JGRMOAg1ywiUhgADOMC1ywiUhgAFOMC1ywiUhgAHOMC1ywiUhgAJAQF" +
        "BgcAR6H+IdqJoaYCQ4QF5IumAmOmf/QB9AH0AaZ/pj+umaGn/6f/owH4W+1E0NMBIcIC8kXTAdM/+gD6APoA0z/TH9TU0SDQgQJg" +
        "1yHTH9dM0PpI+kj6SNH4kiPHBfLgZi3DAvLgZYIITEtAgRGUcPg2tgkuwACSbEHjDfiXIbzy4Gf4l6IXoAnIywEYywEWyz9QB/oC" +
        "WPoCAfoCFMs/yx/MzMntVAgB/DHtRNDTASHCAvJF0wHTP/oA+gD6ANM/0x/UMdTRINDT/9P/0h/TPzHTHzHU0SzAAfLgZfiXgghM" +
        "S0C+8uBnDdM/10zQ0z/6ANTU1NEi1znySdP/MdP/0fgoyM+RKQ1MBhnKHxj6UlYQzws/Jc8LPyT6AiPPFPkWAtBUQhr5EAkC/DHt" +
        "RNDTASHCAvJF0wHTP/oA+gD6ADHTP9MfMdTU0SDQ0//T/9If0z8x0x/U0dD6SPpI+kgx0Q3AAfLgZfiSxwX4klANxwUcsfLgZib4" +
        "IyygDdM/9AUgbpQwNDtb4w7Iz4aAGMsBFss/UAT6Alj6AlAF+gIUyz8Uyx8SzBLMyQoLBDbjAtcsIlIYACzjAtcsIlIYADTjAtcs" +
        "IlIYADwMDQ4PAGo8PQH6RDDAAAH6RDDAALAL+kQwwAAbsPLgbSmBDhC+CoIBUYC7GrDy4G1x+CUIggkxLQCgGgD48uBoB9BHBvkQ" +
        "8uBoU0m8Uhm8GLDy4GpTObvy4GdSOaFTNg7IywEdywErzws/UAr6AlAL+gJQBvoCGss/EssfE8wSzMntVAbQ+kgx+kgx+kjRyM+R" +
        "KQwCBhLLPxPLPxXLP1AD+gLL/8nIz4UIEvpSWPoCcc8LaszJgFD7AADYMjbQ0z/6ANTU1NEi1znySdP/MdP/MdH4KMjPkSkNTAYX" +
        "yh8W+lItzws/JM8LPyP6AiLPFPkWAdBUQRj5EPLgaAPQRQT5EPLgaFMlvDYF8uBqJbYJ+CMKqwAaoFMKvCnBArCUOgekB5Ew4kMT" +
        "ADTtVPiSyM+FCPpSghDVMnbbzwuOyz/JgEL7AAH+Me1E0NMBIcIC8kXTAdM/+gD6APoAMdM/0x/UMdTRINDT/9P/0h/TPzHTH9Qx" +
        "0SvAAvLgZfgjJrny4GsM0z/XTNDTP/oA1NTU0SLXOfJJ0/8x0/8x0fgoyM+RKQ1MBhjKHxf6Ui7PCz8kzws/I/oCIs8U+RYB0FRB" +
        "GfkQ8uBoBBAB/jHtRNDTASHCAvJF0wHTP/oA+gD6ANM/0x/U1NEg0CrAAvLgZfgjJLny4GsC0NP/0//RDNM/0z/6ANP/1NTXTCL5" +
        "AFAIuvLgbFJCgED0ZvLgbPoA+gDTH9P/0/8x0SDy4Gz4I1i78uBrUmO7U2G8sPLgZwrT/zHT/9cKH/goVhIRAfwx7UTQ0wEhwgLy" +
        "RdMBMdM/+gD6APoA0z/TH9TU0QjAAvLgZfgjWL7y4Gn4l4IITEtAvvLgZwfXCz8H0NP/MdP/0QbQ0/8x0/8x0h8x0z8x0x8x1NHQ" +
        "+kj6SDH6SNFQNbYII7YJI6GCCExLQIEnEHD4NnGECXD4OKoAoLYJ+CcSARTjAjCEDwHHAPL0EwDG0EYF+RDy4GhTNrw3BvLgalEW" +
        "tgn4IwyrABygUwS8KsECsJQ0CKQIkTDiCcjLARjLARbLP1AE+gJY+gJQBvoCE8s/EssfEszMye1U+JLIz4UI+lKCENUydtvPC47L" +
        "P8mAQvsAAPooyM+RKQ1MChTKHxL6Uss/GMs/UAf6AhTL//kWAtBUQhT5EPLgaAXQRQP5EPLgaFAkoRagIm6SMnCTAvkA4sjL/xvL" +
        "/8kJyMsBGMsBFss/UAT6Alj6AlAE+gLLP8sfEswSzMntVPiSyM+FCPpSghDVMnbbzwuOyz/JgEL7AAC0bxCitgggwgCOMFEzoMjP" +
        "kSkMAgYozws/Js8LPxLLPwH6AhXL/8nIz4UIE/pSAfoCcc8LaszJgBH7AJNbNFviyM+FCBL6UoIQSkMAgs8LjhLLP8s/yYEAsPsA" +
        "Afwx7UTQ0wEhwgLyRdMBMdM/+gD6APoAMdM/0x8x1DHU0dDT/9P/0h/TPzHTHzHU0Qjy4GX4l4IITEtAvvLgZwjTP9M/+gDTH9P/" +
        "1NdM+CMku/Lga1JavvLgalM5vlNLu7Dy4Gf4KMjPkSkNTA4fyh8e+lIrzws/JM8LPyP6AhIUAd7LHyHPC//5FgzQVEwX+RDy4GgF" +
        "0EoD+RDy4GgG0PpI+kgx+kjRUDW2CCO2CSOhgghMS0CBJxBw+DZxhAlw+DiqAKC2CfgnbxCitgggwgCTWzRb4w3Iz4UIEvpSghBK" +
        "QwCCzwuOEss/yz/JgQCw+wAVAGJRM6DIz5EpDAIGKM8LPybPCz8Xyz9QBvoCFcv/ycjPhQgT+lIB+gJxzwtqzMmAEfsA";
}
